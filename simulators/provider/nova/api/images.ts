import { refuse } from '../compute/refusal';
import { isVisible, type NovaImage } from '../image/image';
import type { ComputeCall, ComputeContext } from './call';
import { empty, json } from './json';
import { bookmark, linksOf } from './links';
import { isoSeconds } from './server-view';

/** The compute API's image proxy; it ended with microversion 2.36 in favour of Glance. */
export function listImages(call: ComputeCall): Response {
  const images = found(call).map(({ id, name }) => ({ id, name, links: links(call.context, id) }));
  return json({ images });
}

export function listImagesInDetail(call: ComputeCall): Response {
  return json({ images: found(call).map((image) => detail(call.context, image)) });
}

export function showImage(call: ComputeCall): Response {
  return json({ image: detail(call.context, imageOf(call)) });
}

export function deleteImage(call: ComputeCall): Response {
  const image = imageOf(call);
  if (image.protected || image.ownerId !== call.context.caller.projectId) {
    throw refuse.forbidden('You are not allowed to delete the image.');
  }
  call.context.compute.images.delete(image.id);
  return empty(204);
}

function imageOf({ context, parameters }: ComputeCall): NovaImage {
  const image = context.compute.images.get(parameters['image'] ?? '', context.caller.projectId);
  if (image === undefined) {
    throw refuse.notFound('Image not found.');
  }
  return image;
}

function found({ context, url }: ComputeCall): NovaImage[] {
  const { searchParams: query } = url;
  const [name, status, server, type] = ['name', 'status', 'server', 'type'].map((key) => query.get(key));
  return context.compute.images
    .list()
    .filter(
      (image) =>
        !image.hidden &&
        isVisible(image, context.caller.projectId) &&
        (name === null || image.name === name) &&
        (status === null || STATUSES[image.status ?? 'active']?.status === status?.toUpperCase()) &&
        (server === null || image.properties['instance_uuid'] === server?.split('/').at(-1)) &&
        (type === null || (image.properties['image_type'] ?? 'base') === type?.toLowerCase()),
    );
}

/** Glance's statuses in Nova's words, with a progress that only looks like one. */
const STATUSES: Readonly<Record<string, { readonly status: string; readonly progress: number }>> = {
  active: { status: 'ACTIVE', progress: 100 },
  queued: { status: 'SAVING', progress: 25 },
  saving: { status: 'SAVING', progress: 50 },
  deleted: { status: 'DELETED', progress: 0 },
  killed: { status: 'ERROR', progress: 0 },
};

function detail(context: ComputeContext, image: NovaImage) {
  const server = image.properties['instance_uuid'];
  return {
    id: image.id,
    name: image.name,
    minRam: image.minRam,
    minDisk: image.minDisk,
    metadata: image.properties,
    created: isoSeconds(image.created),
    updated: isoSeconds(image.updated ?? image.created),
    ...(STATUSES[image.status ?? 'active'] ?? { status: 'UNKNOWN', progress: 0 }),
    'OS-EXT-IMG-SIZE:size': image.size,
    links: links(context, image.id),
    ...(server !== undefined && { server: { id: server, links: linksOf(context, `/servers/${server}`) } }),
  };
}

function links(context: ComputeContext, id: string) {
  const glance = context.baseUrl.replace(/\/compute$/, '/image');
  const [self] = linksOf(context, `/images/${id}`);
  return [
    self,
    bookmark(context, `/images/${id}`),
    { rel: 'alternate', type: 'application/vnd.openstack.image', href: `${glance}/images/${id}` },
  ];
}

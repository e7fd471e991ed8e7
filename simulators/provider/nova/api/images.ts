import { refuse } from '../compute/refusal';
import { isVisible, type NovaImage } from '../image/image';
import type { ComputeCall, ComputeContext } from './call';
import { json } from './json';
import { linksOf } from './links';

/** The compute API's image proxy; it ended with microversion 2.36 in favour of Glance. */
export function listImages({ context }: ComputeCall): Response {
  refuseNewVersions(context);
  const images = visibleImages(context).map(({ id, name }) => ({ id, name, links: links(context, id) }));
  return json({ images });
}

export function listImagesInDetail({ context }: ComputeCall): Response {
  refuseNewVersions(context);
  return json({ images: visibleImages(context).map((image) => detail(context, image)) });
}

export function showImage({ context, parameters }: ComputeCall): Response {
  refuseNewVersions(context);
  const image = context.compute.images.get(parameters['id'] ?? '', context.projectId);
  if (image === undefined) {
    throw refuse.notFound('Image not found.');
  }
  return json({ image: detail(context, image) });
}

function visibleImages({ compute, projectId }: ComputeContext): NovaImage[] {
  return compute.images.list().filter((image) => isVisible(image, projectId));
}

function refuseNewVersions({ version }: ComputeContext): void {
  if (version >= 36) {
    throw refuse.notFound('The resource could not be found.');
  }
}

function detail(context: ComputeContext, image: NovaImage) {
  const created = new Date(image.created).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return {
    id: image.id,
    name: image.name,
    status: 'ACTIVE',
    progress: 100,
    minDisk: image.minDisk,
    minRam: image.minRam,
    'OS-EXT-IMG-SIZE:size': image.size ?? 0,
    created,
    updated: created,
    metadata: image.properties,
    links: links(context, image.id),
  };
}

function links(context: ComputeContext, id: string) {
  const glance = context.baseUrl.replace(/\/compute$/, '/image');
  return [
    ...linksOf(context, `/images/${id}`),
    { rel: 'alternate', type: 'application/vnd.openstack.image', href: `${glance}/images/${id}` },
  ];
}

import { refuse } from '../compute/refusal';
import { bodyOf, fieldOf, objectOf, textOf } from '../identity/json-parts';
import { fitsQuery, pageOf } from '../listing';
import { ownVolumes, type VolumeCall, volumeOf } from './call';
import { volumeView } from './views';
import type { Volume } from './volume-store';

const LONGEST_LIST = 1000;
const CONTROLS = new Set([
  'limit',
  'marker',
  'offset',
  'sort',
  'sort_key',
  'sort_dir',
  'all_tenants',
  'with_count',
]);

/** `GET /volumes` and `GET /volumes/detail`. */
export function listVolumes(detailed: boolean) {
  return (call: VolumeCall): Response => {
    const { url, base, version, caller } = call;
    const query = url.searchParams;
    const views = ownVolumes(call).map((volume) => volumeView(volume, base, version));
    const matching = views.filter((view) => fitsQuery(view, query, CONTROLS));
    const { members, next } = pageOf(matching, query, {
      longest: LONGEST_LIST,
      unknownMarker: (marker) => `marker [${marker}] not found`,
    });
    const following = new URLSearchParams(query);
    following.set('marker', next ?? '');
    const path = `/v3/${caller.projectId}/volumes${detailed ? '/detail' : ''}`;
    return Response.json({
      volumes: detailed ? members : members.map(({ id, name, links }) => ({ id, name, links })),
      ...(next !== undefined && { volumes_links: [{ rel: 'next', href: `${base}${path}?${following}` }] }),
      ...(version >= 45 && /^(1|t|true)$/i.test(query.get('with_count') ?? '') && { count: matching.length }),
    });
  };
}

export function showVolume(call: VolumeCall): Response {
  return Response.json({ volume: volumeView(volumeOf(call), call.base, call.version) });
}

/** `POST /volumes`: empty, or with the bytes of an image. It is there when it is next asked for. */
export async function createVolume(call: VolumeCall): Promise<Response> {
  const { caller, stores, base, version } = call;
  const wanted = objectOf(fieldOf(await bodyOf(call.request), 'volume'));
  if (wanted === undefined) {
    throw refuse.badRequest("'volume' is a required property");
  }
  const size = sizeOf(wanted['size']);
  const imageId = textOf(wanted, 'imageRef');
  const image = imageId === undefined ? undefined : stores.images.get(imageId, caller.projectId);
  if (imageId !== undefined && image === undefined) {
    throw refuse.badRequest('Invalid image identifier or unable to access requested image.');
  }
  if (image !== undefined && size < image.minDisk) {
    throw refuse.badRequest(
      `Invalid input received: Volume size ${size}GB cannot be smaller than the image minDisk size ${image.minDisk}GB.`,
    );
  }
  const now = stores.clock.now();
  const volume: Volume = {
    id: stores.random.uuid(),
    name: textOf(wanted, 'name') ?? null,
    description: textOf(wanted, 'description') ?? null,
    projectId: caller.projectId,
    userId: caller.userId,
    size,
    status: 'available',
    bootable: image !== undefined,
    ...(image && { imageId: image.id }),
    imageMetadata: image ? { image_name: image.name, ...image.properties } : {},
    metadata: textsOf(wanted['metadata']),
    attachments: [],
    created: now,
    updated: now,
  };
  stores.volumes.add(volume);
  const body = volumeView({ ...volume, status: 'creating' }, base, version);
  return Response.json({ volume: body }, { status: 202 });
}

export function deleteVolume(call: VolumeCall): Response {
  const volume = volumeOf(call);
  if (!['available', 'error', 'error_deleting'].includes(volume.status) || volume.attachments.length > 0) {
    throw refuse.badRequest(
      'Invalid volume: Volume status must be available or error or error_restoring or error_extending or error_managing and must not be migrating, attached, belong to a group, have snapshots, awaiting a transfer, or be disassociated from snapshots after volume transfer.',
    );
  }
  call.stores.volumes.delete(volume.id);
  return new Response(null, { status: 202 });
}

/** `PUT /volumes/{id}`: name, description and metadata. */
export async function updateVolume(call: VolumeCall): Promise<Response> {
  const volume = volumeOf(call);
  const wanted = objectOf(fieldOf(await bodyOf(call.request), 'volume'));
  if (wanted === undefined) {
    throw refuse.badRequest("'volume' is a required property");
  }
  const [name, description] = [textOf(wanted, 'name'), textOf(wanted, 'description')];
  call.stores.volumes.update(volume.id, {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(wanted['metadata'] !== undefined && { metadata: textsOf(wanted['metadata']) }),
    updated: call.stores.clock.now(),
  });
  return showVolume(call);
}

/** GiB, as a number or its digits. */
function sizeOf(value: unknown): number {
  const size = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > 2 ** 31) {
    throw refuse.badRequest(
      value === undefined || value === null
        ? 'Invalid input received: Volume size is required.'
        : `Invalid input received: Volume size '${String(value).slice(0, 100)}' must be an integer and greater than 0`,
    );
  }
  return size;
}

function textsOf(value: unknown): Record<string, string> {
  const entries = Object.entries(objectOf(value) ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

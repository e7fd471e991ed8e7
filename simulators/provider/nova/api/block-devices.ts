import type { Compute } from '../compute/compute';
import type { SeedVolume } from '../compute/make-instance';
import { refuse } from '../compute/refusal';
import type { Volume } from '../volume/volume-store';
import { isTrue } from './schema/parts';

/** One entry of `block_device_mapping_v2`, as far as its schema let it through. */
interface Device {
  readonly source_type?: 'volume' | 'image' | 'snapshot' | 'blank';
  readonly destination_type?: 'local' | 'volume';
  readonly uuid?: string;
  readonly volume_id?: string;
  readonly image_id?: string;
  readonly boot_index?: number | string | null;
  readonly volume_size?: number | string;
  readonly volume_type?: string | null;
  readonly device_name?: string;
  readonly delete_on_termination?: unknown;
  readonly no_device?: unknown;
  readonly tag?: string;
}

export interface Wanted {
  readonly imageId: string | undefined;
  readonly devices: readonly Device[];
  readonly legacyDevices: readonly Device[];
  readonly projectId: string;
  readonly userId: string;
}

interface Disks {
  /** Undefined: the server boots from the first volume. */
  readonly imageId: string | undefined;
  readonly volumes: readonly SeedVolume[];
  /** What the image of the boot volume said of itself. */
  readonly imageProperties?: Readonly<Record<string, string>>;
}

/**
 * Which image and volumes a server to be has, from `imageRef` and the block device mapping. A volume that is made from
 * an image is made here. Rules and texts: nova/block_device.py `from_api`, nova/compute/api.py `_validate_bdm`.
 */
export function disksOf(compute: Compute, wanted: Wanted): Disks {
  const { imageId, devices, legacyDevices } = wanted;
  if (devices.length > 0 && legacyDevices.length > 0) {
    throw refuse.badRequest(
      'Using different block_device_mapping syntaxes is not allowed in the same request.',
    );
  }
  const given = devices.filter((device) => !device.no_device);
  for (const device of given) {
    refuseMalformed(device, imageId);
  }
  const boot = given.filter((device) => bootIndexOf(device) === 0);
  const [root] = boot;
  const ofImage = root?.source_type === 'image' && root.destination_type === 'local';
  const legacyBoot = imageId === undefined && legacyDevices.length > 0;
  const roots = boot.length + (imageId !== undefined && !ofImage ? 1 : 0) + (legacyBoot ? 1 : 0);
  if (roots !== 1) {
    if (imageId === undefined && given.length + legacyDevices.length === 0) {
      throw refuse.badRequest('Missing imageRef attribute');
    }
    throw refuse.badRequest(
      'Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.',
    );
  }
  const legacy = legacyDevices.map(
    (device, index): Device => ({
      ...device,
      source_type: 'volume',
      uuid: device.volume_id ?? '',
      boot_index: legacyBoot && index === 0 ? 0 : -1,
    }),
  );
  const inOrder = [...given, ...legacy].sort((one, other) => rank(one) - rank(other));
  const volumes = inOrder
    .filter(({ source_type, destination_type }) => source_type === 'volume' || destination_type === 'volume')
    .map((device) => ({ device, volume: volumeFor(compute, device, wanted) }));
  const first = volumes[0];
  const bootsFromVolume = first !== undefined && bootIndexOf(first.device) === 0;
  if (bootsFromVolume && !first.volume.bootable) {
    throw refuse.badRequest(`Block Device ${first.volume.id} is not bootable.`);
  }
  return {
    imageId: bootsFromVolume ? undefined : imageId,
    volumes: volumes.map(({ device, volume }) => ({
      id: volume.id,
      deleteOnTermination: isTrue(device.delete_on_termination),
      ...(device.device_name?.startsWith('/dev/') && { device: device.device_name }),
      tag: device.tag ?? null,
    })),
    ...(bootsFromVolume && { imageProperties: first.volume.imageMetadata }),
  };
}

function refuseMalformed(device: Device, imageId: string | undefined): void {
  const { source_type: source, destination_type: destination, uuid, volume_type: type } = device;
  const malformed = (details: string) => refuse.badRequest(`Block Device Mapping is Invalid: ${details}`);
  if (source === 'blank' && uuid) {
    throw malformed('Invalid device UUID.');
  }
  if (source !== 'blank' && !uuid) {
    throw malformed('Missing device UUID.');
  }
  if (source === undefined) {
    throw malformed('Invalid source_type field.');
  }
  if (
    source === 'image' &&
    destination === 'local' &&
    !(imageId !== undefined && bootIndexOf(device) === 0)
  ) {
    throw malformed('Mapping image to local is not supported.');
  }
  if (destination === 'local' && type) {
    throw malformed('Specifying a volume_type with destination_type=local is not supported.');
  }
  if (source === 'volume' && type) {
    throw malformed('Specifying volume type to existing volume is not supported.');
  }
  if (source === 'snapshot') {
    throw malformed(`failed to get snapshot ${uuid}.`);
  }
}

function bootIndexOf({ boot_index: index }: Device): number {
  return index === undefined || index === null ? -1 : Number(index);
}

function rank(device: Device): number {
  return bootIndexOf(device) === 0 ? 0 : 1;
}

function volumeFor(compute: Compute, device: Device, wanted: Wanted): Volume {
  return device.source_type === 'volume'
    ? existingVolume(compute, device, wanted)
    : newVolume(compute, device, wanted);
}

function existingVolume({ volumes }: Compute, { uuid = '' }: Device, { projectId }: Wanted): Volume {
  const volume = volumes.get(uuid);
  if (volume === undefined || volume.projectId !== projectId) {
    throw refuse.badRequest(`Block Device Mapping is Invalid: failed to get volume ${uuid}.`);
  }
  if (volume.status !== 'available') {
    throw refuse.badRequest(
      `Invalid volume: Invalid input received: Invalid volume: Volume ${uuid} status must be available or downloading to reserve, but the current status is ${volume.status}.`,
    );
  }
  return volume;
}

function newVolume({ volumes, images, random, clock }: Compute, device: Device, wanted: Wanted): Volume {
  const { source_type: source, uuid = '', volume_size: size } = device;
  const image = source === 'image' ? images.get(uuid, wanted.projectId) : undefined;
  if (source === 'image' && image === undefined) {
    throw refuse.badRequest(`Block Device Mapping is Invalid: failed to get image ${uuid}.`);
  }
  if (size === undefined) {
    throw refuse.badRequest(
      "Block Device Mapping is Invalid: Images with destination_type 'volume' need to have a non-zero size specified".replace(
        'Images',
        source === 'blank' ? 'Blank volumes' : 'Images',
      ),
    );
  }
  const volume: Volume = {
    id: random.uuid(),
    name: null,
    projectId: wanted.projectId,
    userId: wanted.userId,
    size: Number(size),
    status: 'available',
    bootable: image !== undefined,
    ...(image && { imageId: image.id }),
    imageMetadata: image?.properties ?? {},
    attachments: [],
    created: clock.now(),
    updated: clock.now(),
  };
  volumes.add(volume);
  return volume;
}

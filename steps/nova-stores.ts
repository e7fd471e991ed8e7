import type { NovaCustomer } from './nova-customer';

/** Makes her server one that boots from a volume. */
export async function bootFromVolume(cloud: NovaCustomer): Promise<void> {
  cloud.server.imageId = undefined;
  await addVolume(cloud, 'system', { bootable: true });
  const { instances } = await cloud.provider();
  instances.update(await cloud.instance(), { volumes: [volumeAt(cloud, 'system', '/dev/vda')] });
}

/** Adds an image of the provider's own; with a block device mapping it has no bytes. */
export async function addImage(
  cloud: NovaCustomer,
  name: string,
  properties: Record<string, string>,
): Promise<void> {
  const { images } = await cloud.provider();
  const id = `11111111-2222-4333-8444-${String(images.list().length).padStart(12, '0')}`;
  const isMapping = 'block_device_mapping' in properties;
  const size = isMapping ? 0 : 2 ** 30;
  images.add({ id, name, size, minDisk: 0, minRam: 0, created: cloud.clock.now() - 1000, properties });
  cloud.names.set(name, id);
}

/** Adds a volume of her project: free, or bootable and in use. */
export async function addVolume(cloud: NovaCustomer, name: string, { bootable = false } = {}): Promise<void> {
  const { volumes, projectId, image } = await cloud.provider();
  const id = `99999999-2222-4333-8444-${String(volumes.list().length).padStart(12, '0')}`;
  const created = cloud.clock.now();
  volumes.add({
    id,
    name,
    projectId,
    userId: 'nadia',
    size: 40,
    status: bootable ? 'in-use' : 'available',
    bootable,
    ...(bootable && { imageId: image }),
    imageMetadata: {},
    attachments: [],
    created,
    updated: created,
  });
  cloud.names.set(name, id);
}

function volumeAt(cloud: NovaCustomer, name: string, device: string) {
  const id = cloud.names.get(name) ?? '';
  return { id, device, deleteOnTermination: false, tag: null, bdmId: id, attachmentId: id };
}

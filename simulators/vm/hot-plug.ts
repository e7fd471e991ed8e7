import { diskDevice, hotPlugPort } from './disk-arguments';
import type { DiskDescription } from './machine-description';
import type { QmpClient } from './qmp/qmp-client';

/** A guest lets go of a disk in a fraction of a second; under emulation on a busy host it takes longer (ms). */
const unplugDeadline = 60_000;

/** Gives a running machine a disk at the port that the disk names. */
export async function plugDisk(qmp: QmpClient, disk: DiskDescription): Promise<void> {
  const { id, path, format, serial, hotPlugPort: port } = disk;
  if (port === undefined) throw new Error(`The disk "${id}" names no port that it could be plugged into.`);
  await qmp.execute('blockdev-add', {
    driver: format,
    'node-name': id,
    discard: 'unmap',
    file: { driver: 'file', filename: path },
  });
  try {
    await qmp.execute('device_add', {
      driver: 'virtio-blk-pci',
      id: diskDevice(id),
      bus: hotPlugPort(port),
      drive: id,
      ...(serial && { serial }),
    });
  } catch (error) {
    await qmp.execute('blockdev-del', { 'node-name': id });
    throw error;
  }
}

/** Takes a disk out of a running machine; a guest that does not answer keeps it, and this throws. */
export async function unplugDisk(qmp: QmpClient, id: string): Promise<void> {
  const gone = qmp.once('DEVICE_DELETED', {
    deadline: unplugDeadline,
    what: `the guest to let go of the disk "${id}"`,
    where: ({ data }) => data['device'] === diskDevice(id),
  });
  await qmp.execute('device_del', { id: diskDevice(id) });
  await gone;
  await qmp.execute('blockdev-del', { 'node-name': id });
}

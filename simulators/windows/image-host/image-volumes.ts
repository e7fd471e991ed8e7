import { join } from 'node:path';
import {
  assembleGroups,
  type DiskGroup,
  type GroupVolume,
  type LdmMember,
  openVolume,
  planResync,
  resyncStep,
} from '../../disk/ldm';
import { SECTOR_BYTES } from '../../disk/mbr';
import type {
  BlockDevice,
  BlockDevices,
  HostDisk,
  PreparedVolume,
  VolumePlan,
  VolumeProvider,
} from '../host';
import type { ImageDisk } from './image-disks';
import { NbdServer } from './nbd-server';
import type { ExportedFile, StorageDaemon } from './storage-daemon';

/** Copied at once, so that a big volume takes little memory. */
const COPY_BYTES = 4 << 20;

interface ServedVolume {
  readonly exported: ExportedFile;
  /** A dynamic volume, which this process puts together of its disks. */
  readonly dynamic?: { readonly device: BlockDevice; readonly server: NbdServer };
}

/**
 * The volumes of disk images as files. A partition is a region of its disk; a dynamic volume, of whatever layout, is
 * put together here and served over NBD, so that no device-mapper and no root is needed.
 */
export class ImageVolumes implements VolumeProvider {
  readonly #served = new Map<string, ServedVolume>();
  #sockets = 0;

  constructor(
    private readonly disks: readonly ImageDisk[],
    private readonly daemon: StorageDaemon,
    private readonly blockDevices: BlockDevices,
    /** Where sockets are made. */
    private readonly folder: string,
  ) {}

  async prepare(plan: VolumePlan): Promise<PreparedVolume | undefined> {
    const served =
      plan.source.kind === 'partition' ? await this.#partition(plan.source) : await this.#dynamic(plan);
    if (!served) return undefined;
    const { id, path } = served.exported;
    this.#served.set(id, served);
    return { path, mapped: [id] };
  }

  async release(mapped: readonly string[]): Promise<void> {
    for (const id of mapped) {
      await this.daemon.remove(id);
      await this.#served.get(id)?.dynamic?.server[Symbol.asyncDispose]();
      this.#served.delete(id);
    }
  }

  /** Copies are made equal before a volume is served, and written at the same time from then on. */
  async isInSync(): Promise<boolean> {
    return true;
  }

  /**
   * Raw access to what was prepared. A dynamic volume is not opened as a file: this process would wait for itself.
   */
  open(path: string): BlockDevice {
    const found = [...this.#served.values()].find(({ exported }) => exported.path === path);
    return found?.dynamic?.device ?? this.blockDevices.open(path);
  }

  async #partition(source: {
    path: string;
    startSector: number;
    sizeSectors: number;
  }): Promise<ServedVolume> {
    const disk = this.disks.find(({ file }) => file === source.path);
    if (!disk) throw new Error(`No disk image is open at ${source.path}.`);
    const exported = await this.daemon.export({
      driver: 'raw',
      offset: source.startSector * SECTOR_BYTES,
      size: source.sizeSectors * SECTOR_BYTES,
      file: disk.again,
    });
    return { exported };
  }

  async #dynamic(plan: VolumePlan): Promise<ServedVolume | undefined> {
    const device = dynamicVolume(plan);
    if (!device) return undefined;
    this.#sockets += 1;
    const path = join(this.folder, `volume${this.#sockets}`);
    const write = (offsetBytes: number, bytes: Uint8Array) => device.write([{ offsetBytes, bytes }]);
    const server = await NbdServer.listen(
      { sizeBytes: device.sizeBytes, read: device.read, write: plan.readOnly ? undefined : write },
      path,
    );
    try {
      const exported = await this.daemon.export({ driver: 'nbd', server: { type: 'unix', path } });
      return { exported, dynamic: { device, server } };
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }
}

/** The volume over its disks; undefined where too many of them are missing. */
function dynamicVolume({ disks, location, status }: VolumePlan): BlockDevice | undefined {
  if (location.style !== 'dynamic') return undefined;
  const byMember = new Map<LdmMember, HostDisk>();
  for (const disk of disks) if (disk.content.member) byMember.set(disk.content.member, disk);
  const [group] = assembleGroups([...byMember.keys()]);
  const volume = group?.volumes.find(({ guid }) => guid === location.volumeGuid);
  if (!group || !volume) return undefined;
  if (status === 'Rebuild') copyAnew(group, volume, byMember);
  const reader = openVolume(volume, (member) => byMember.get(member)?.device);
  return {
    sizeBytes: reader.sizeBytes,
    read: (offset, length) => reader.read(offset, length),
    write: (patches) => {
      for (const { offsetBytes, bytes } of patches) {
        for (const { member, patches: parts } of reader.writeVolume(offsetBytes, bytes))
          byMember.get(member)?.device.write(parts);
      }
    },
  };
}

/** Makes the copies of a volume equal before anything else is done with it. */
function copyAnew(group: DiskGroup, { guid }: GroupVolume, disks: ReadonlyMap<LdmMember, HostDisk>): void {
  const diskOf = (member: LdmMember) => disks.get(member)?.device;
  const plan = planResync(group, (member) => disks.has(member)).find(({ volume }) => volume.guid === guid);
  if (!plan) return;
  const sizeBytes = plan.volume.sizeSectors * SECTOR_BYTES;
  for (let offset = 0; offset < sizeBytes; offset += COPY_BYTES) {
    const step = resyncStep(plan, diskOf, offset, Math.min(COPY_BYTES, sizeBytes - offset));
    for (const { member, patches } of step) disks.get(member)?.device.write(patches);
  }
}

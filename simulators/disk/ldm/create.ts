import type { Patch } from '../mbr';
import { Allocator, type PlacedExtent } from './allocate';
import { buildDatabase, type NewDisk, type NewVolume } from './database';
import { fileTimeOf } from './filetime';
import { buildCleanLog } from './klog';
import {
  BACKUP_PRIVHEADS,
  CONFIG,
  HOST_GUID,
  LOG,
  MBR_PRIVHEAD_SECTOR,
  MBR_PUBLIC_START,
  PRIVATE_SECTORS,
  TOC_SECTORS,
} from './layout';
import { buildPrivateRegion, dynamicTablePatch } from './private-region';
import { buildPrivHead } from './privhead';

export interface DiskGroupRequest {
  /** The whole name, e.g. `CUSTOMER-Dg0`; Windows 2008 R2 forms it from the computer name. At most 31 characters. */
  readonly groupName: string;
  /** `signature` is the MBR disk signature (u32). */
  readonly disks: readonly { readonly sizeSectors: number; readonly signature: number }[];
  readonly volumes: readonly {
    readonly name: string;
    readonly layout: 'simple' | 'mirror';
    readonly sizeSectors: number;
    /** Indexes into `disks`; disk 0, or disks 0 and 1 of a mirror, where not given. */
    readonly disks?: readonly number[];
    /** Drive letter hint such as `E:`; none where not given. */
    readonly mountHint?: string;
    /** Gives the volume an MBR entry of its own, which boot code needs; `active` marks it for the BIOS. */
    readonly tableEntry?: 'active' | 'plain';
  }[];
  readonly now: Date;
  /** Returns a new GUID in text form at each call. */
  readonly newGuid: () => string;
}

interface CreatedVolume {
  readonly name: string;
  readonly guid: string;
  readonly sizeSectors: number;
  /** Where each copy lies: one entry for a simple volume, two for a mirror. */
  readonly copies: readonly { readonly disk: number; readonly offsetBytes: number }[];
}

export interface CreatedDiskGroup {
  readonly groupGuid: string;
  /** Per disk, in the order of the request: what to write. Boot code (bytes 0 to 0x1B7) stays untouched. */
  readonly patches: readonly (readonly Patch[])[];
  readonly volumes: readonly CreatedVolume[];
}

/**
 * Builds the metadata of a new disk group over MBR disks, as Windows Server 2008 R2 writes it (version 2.12). The
 * volumes start on 1 MiB boundaries. Writes nothing: the caller applies the patches and formats the volumes.
 */
export function createDiskGroup(request: DiskGroupRequest): CreatedDiskGroup {
  const { groupName, newGuid } = request;
  const groupGuid = newGuid().toLowerCase();
  const timestamp = fileTimeOf(request.now);
  const disks: NewDisk[] = request.disks.map((_, index) => ({
    name: `Disk${index + 1}`,
    guid: newGuid().toLowerCase(),
  }));
  const allocator = new Allocator(request.disks.map(({ sizeSectors }) => sizeSectors));
  const volumes = request.volumes.map(
    (volume): NewVolume & { tableEntry: 'active' | 'plain' | undefined } => ({
      name: volume.name,
      guid: newGuid().toLowerCase(),
      sizeSectors: volume.sizeSectors,
      mountHint: volume.mountHint,
      tableEntry: volume.tableEntry,
      copies: disksOf(volume).map((disk) => allocator.take(disk, volume.sizeSectors, volume.name)),
    }),
  );
  const transaction = BigInt(disks.length + volumes.length);
  const config = buildDatabase({ groupName, groupGuid, disks, volumes, transaction, timestamp });
  const log = buildCleanLog(transaction, volumes.filter(({ copies }) => copies.length > 1).length);

  const patches = request.disks.map(({ sizeSectors, signature }, index): Patch[] => {
    const privateStart = sizeSectors - PRIVATE_SECTORS;
    const head = buildPrivHead({
      minorVersion: 12,
      timestamp,
      updateSequence: 1n,
      primaryCopy: BACKUP_PRIVHEADS[1],
      secondaryCopy: BACKUP_PRIVHEADS[0],
      diskGuid: disks[index]!.guid,
      hostGuid: HOST_GUID,
      groupGuid,
      groupName,
      flags: 0,
      publicStart: MBR_PUBLIC_START,
      publicSize: privateStart - MBR_PUBLIC_START,
      privateStart,
      privateSize: PRIVATE_SECTORS,
      tocSectors: TOC_SECTORS,
      configSize: CONFIG.size,
      logSize: LOG.size,
      // One value for all MBR disks of a group in the samples; the first disk's signature is our choice.
      groupSignature: request.disks[0]!.signature,
    });
    const retained = volumes.flatMap((volume) =>
      volume.copies
        .filter(({ disk }) => volume.tableEntry !== undefined && disk === index)
        .map((copy): PlacedExtent & { active: boolean } => ({
          ...copy,
          active: volume.tableEntry === 'active',
        })),
    );
    return [
      dynamicTablePatch(signature, privateStart, retained),
      { offsetBytes: MBR_PRIVHEAD_SECTOR * 512, bytes: head },
      { offsetBytes: privateStart * 512, bytes: buildPrivateRegion(head, config, log) },
    ];
  });
  return {
    groupGuid,
    patches,
    volumes: volumes.map(({ name, guid, sizeSectors, copies }) => ({
      name,
      guid,
      sizeSectors,
      copies: copies.map(({ disk, sector }) => ({ disk, offsetBytes: sector * 512 })),
    })),
  };
}

function disksOf(volume: DiskGroupRequest['volumes'][number]): readonly number[] {
  const wanted = volume.layout === 'mirror' ? 2 : 1;
  const disks = volume.disks ?? (volume.layout === 'mirror' ? [0, 1] : [0]);
  if (disks.length !== wanted || new Set(disks).size !== wanted) {
    throw new Error(
      `Volume ${volume.name} is a ${volume.layout} volume and needs ${wanted} different disk(s), not [${disks.join(', ')}].`,
    );
  }
  return disks;
}

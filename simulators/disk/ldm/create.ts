import type { Patch } from '../mbr';
import { Allocator } from './allocate';
import { buildDatabase, type NewDisk, type NewVolume } from './database';
import { fileTimeOf } from './filetime';
import { MBR_PRIVHEAD_SECTOR } from './layout';
import { type DiskRequest, newPrivHead, regionsOf } from './new-disk';
import { placeVolume, type VolumeRequest } from './place-volume';
import { buildPrivateRegion, dynamicTablePatch, type RetainedExtent } from './private-region';
import { buildLog, volumeLogPages } from './volume-log';

export interface DiskGroupRequest {
  /** The whole name, e.g. `CUSTOMER-Dg0`; Windows 2008 R2 forms it from the computer name. At most 31 characters. */
  readonly groupName: string;
  readonly disks: readonly DiskRequest[];
  readonly volumes: readonly (VolumeRequest & {
    /** Drive letter hint such as `E:`; none where not given. */
    readonly mountHint?: string;
    /** Gives a simple or mirrored volume an MBR entry of its own, which boot code needs; `active` marks it for the BIOS. */
    readonly tableEntry?: 'active' | 'plain';
    /** The place of that entry in the table, 1 to 4, where it has one already. */
    readonly tableNumber?: number;
  })[];
  readonly now: Date;
  /** Returns a new GUID in text form at each call. */
  readonly newGuid: () => string;
}

interface CreatedVolume {
  readonly name: string;
  readonly guid: string;
  readonly sizeSectors: number;
  /** Where each extent starts: one for a simple volume, one per half of a mirror, per piece or per column of the others. */
  readonly copies: readonly { readonly disk: number; readonly offsetBytes: number }[];
}

export interface CreatedDiskGroup {
  readonly groupGuid: string;
  /** Per disk, in the order of the request: what to write. Boot code (bytes 0 to 0x1B7) and GPTs stay untouched. */
  readonly patches: readonly (readonly Patch[])[];
  readonly volumes: readonly CreatedVolume[];
}

type RequestedVolume = NewVolume & Pick<DiskGroupRequest['volumes'][number], 'tableEntry' | 'tableNumber'>;

/**
 * Builds the metadata of a new disk group, as Windows Server 2008 R2 writes it (version 2.12). The volumes start on
 * 1 MiB boundaries. Writes nothing: the caller applies the patches, writes the tables of GPT disks, and formats the
 * volumes.
 */
export function createDiskGroup(request: DiskGroupRequest): CreatedDiskGroup {
  const { groupName, newGuid } = request;
  for (const name of [groupName, ...request.volumes.map((volume) => volume.name)]) requireName(name);
  const groupGuid = newGuid().toLowerCase();
  const timestamp = fileTimeOf(request.now);
  const regions = request.disks.map(regionsOf);
  const disks = regions.map(
    (region, index): NewDisk => ({
      name: `Disk${index + 1}`,
      guid: newGuid().toLowerCase(),
      publicStart: region.public.start,
    }),
  );
  const allocator = new Allocator(regions.map((region) => region.public));
  const volumes = request.volumes.map(
    (volume): RequestedVolume => ({
      name: volume.name,
      guid: newGuid().toLowerCase(),
      sizeSectors: volume.sizeSectors,
      mountHint: volume.mountHint,
      ...(volume.tableEntry && { tableEntry: volume.tableEntry }),
      ...(volume.tableNumber !== undefined && { tableNumber: volume.tableNumber }),
      components: placeVolume(volume, allocator),
    }),
  );
  const transaction = BigInt(disks.length + volumes.length);
  const config = buildDatabase({ groupName, groupGuid, disks, volumes, transaction, timestamp });
  const redundant = volumes.filter(
    ({ components }) => components.length > 1 || components[0]?.layout === 'raid5',
  );
  const log = buildLog(
    volumeLogPages(
      transaction,
      redundant.map(() => false),
    ),
  );
  // One value for all MBR disks of a group in the samples; the first one's signature is our choice.
  const groupSignature = request.disks.find((disk) => disk.style !== 'gpt')?.signature ?? 0;

  const patches = request.disks.map((disk, index): Patch[] => {
    const { privateStart } = regions[index]!;
    const names = { diskGuid: disks[index]!.guid, groupGuid, groupName, timestamp };
    const head = newPrivHead(regions[index]!, {
      ...names,
      groupSignature: disk.style === 'gpt' ? 0 : groupSignature,
    });
    const region = { offsetBytes: privateStart * 512, bytes: buildPrivateRegion(head, config, log) };
    if (disk.style === 'gpt') return [region];
    // The table comes last: until then the disk is what it was.
    return [
      region,
      { offsetBytes: MBR_PRIVHEAD_SECTOR * 512, bytes: head },
      dynamicTablePatch(disk.signature, privateStart, retainedOn(index, volumes)),
    ];
  });
  return {
    groupGuid,
    patches,
    volumes: volumes.map(({ name, guid, sizeSectors, components }) => ({
      name,
      guid,
      sizeSectors,
      copies: components.flatMap(({ extents }) =>
        extents.map(({ disk, sector }) => ({ disk, offsetBytes: sector * 512 })),
      ),
    })),
  };
}

/** The pieces of a disk that get a table entry of their own. */
function retainedOn(index: number, volumes: readonly RequestedVolume[]): RetainedExtent[] {
  return volumes.flatMap(({ name, components, tableEntry, tableNumber }) => {
    if (tableEntry === undefined) return [];
    return components.flatMap(({ layout, extents }) => {
      if (layout !== 'concatenated' || extents.length > 1)
        throw new Error(`Volume ${name} cannot have a table entry: only simple volumes and mirrors can.`);
      return extents
        .filter(({ disk }) => disk === index)
        .map((extent) => ({ ...extent, active: tableEntry === 'active', number: tableNumber }));
    });
  });
}

function requireName(name: string): void {
  if (/^[\x20-\x7e]+$/.test(name)) return;
  throw new RangeError(
    `"${name}" is no name for an LDM object. Use printable ASCII only, one character at least.`,
  );
}

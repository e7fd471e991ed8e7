import { buildRecord } from './build-record';
import { countObjects } from './config-region';
import { CONFIG, VBLK_BYTES } from './layout';
import { componentFields, extentFields, volumeFields } from './new-records';
import type { NewComponent } from './place-volume';
import type { LdmRecord } from './records';
import { layRecords } from './vblk';
import { buildVmdb } from './vmdb';

export interface NewDisk {
  readonly name: string;
  readonly guid: string;
  /** Absolute start of the region that holds the volumes. */
  readonly publicStart: number;
}

export interface NewVolume {
  readonly name: string;
  readonly guid: string;
  readonly sizeSectors: number;
  readonly mountHint: string | undefined;
  /** A mirror has two. */
  readonly components: readonly NewComponent[];
}

interface NewDatabase {
  readonly groupName: string;
  readonly groupGuid: string;
  readonly disks: readonly NewDisk[];
  readonly volumes: readonly NewVolume[];
  /** Number of the last transaction. */
  readonly transaction: bigint;
  readonly timestamp: bigint;
}

/** Slots that the header sector takes the room of. */
const FIRST_SLOT = 512 / VBLK_BYTES;
const SLOTS = (CONFIG.size * 512) / VBLK_BYTES;

/** Builds the config region: header sector and all VBLKs. Values without a comment are those of the 2008 R2 samples. */
export function buildDatabase(database: NewDatabase): Uint8Array {
  const records = listRecords(database);
  const header = buildVmdb({
    slots: SLOTS,
    groupName: database.groupName,
    groupGuid: database.groupGuid,
    committedTransaction: database.transaction,
    counts: countObjects(records),
    timestamp: database.timestamp,
  });
  const raw = records.map((record, index) => ({ group: index + 1, bytes: buildRecord(record) }));
  const region = new Uint8Array(CONFIG.size * 512);
  region.set(header, 0);
  region.set(layRecords(raw, FIRST_SLOT, SLOTS), 512);
  return region;
}

/** Object ids count from 1; one transaction per disk added and per volume made (our choice: Windows uses more). */
function listRecords({ groupName, groupGuid, disks, volumes }: NewDatabase): LdmRecord[] {
  let lastId = 0;
  const newId = () => {
    lastId += 1;
    return lastId;
  };
  const common = { status: 0, flags: 0, revision: 3 };
  const records: LdmRecord[] = [
    {
      ...common,
      kind: 'disk group',
      id: newId(),
      name: groupName,
      guid: groupGuid,
      objectFlags: 0,
      transaction: 0n,
    },
  ];
  const diskIds = disks.map(({ name, guid }, index) => {
    const id = newId();
    records.push({
      ...common,
      kind: 'disk',
      id,
      name,
      guid,
      alternativeName: '',
      objectFlags: 0,
      transaction: BigInt(index + 1),
    });
    return id;
  });
  const extentsOnDisk = disks.map(() => 0);
  volumes.forEach((volume, index) => {
    const transaction = BigInt(disks.length + index + 1);
    const added = { status: 0, transaction };
    const volumeId = newId();
    const { name, guid, sizeSectors, mountHint, components } = volume;
    records.push({
      ...added,
      ...volumeFields({
        name,
        guid,
        sizeSectors,
        mountHint,
        layout: components[0]!.layout,
        volumeNumber: index + 1,
        componentCount: components.length,
      }),
      id: volumeId,
    });
    components.forEach(({ layout, extents }, place) => {
      const componentId = newId();
      records.push({
        ...added,
        ...componentFields({
          name: `${name}-${twoDigits(place + 1)}`,
          layout,
          extentCount: extents.length,
          columns: extents.length,
          volumeId,
        }),
        id: componentId,
      });
      for (const { disk, sector, columnOffset, sizeSectors: size, column } of extents) {
        const { name: diskName, publicStart } = disks[disk]!;
        extentsOnDisk[disk]! += 1;
        records.push({
          ...added,
          ...extentFields({
            name: `${diskName}-${twoDigits(extentsOnDisk[disk]!)}`,
            startSector: sector - publicStart,
            columnOffset,
            sizeSectors: size,
            column,
            componentId,
            diskId: diskIds[disk]!,
          }),
          id: newId(),
        });
      }
    });
  });
  return records;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

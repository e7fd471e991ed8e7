import { buildRecord } from './build-record';
import { COMPONENT_LAYOUTS, CONFIG, STRIPE_SECTORS, VBLK_BYTES } from './layout';
import type { NewComponent } from './place-volume';
import { type LdmRecord, OPTIONAL } from './records';
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
const NTFS = 0x07;
const NO_OPTIONAL_FIELD = { firstOptional: undefined, secondOptional: undefined, columnSectors: undefined };

/** Builds the config region: header sector and all VBLKs. Values without a comment are those of the 2008 R2 samples. */
export function buildDatabase(database: NewDatabase): Uint8Array {
  const records = listRecords(database);
  const count = (kind: LdmRecord['kind']) => records.filter((record) => record.kind === kind).length;
  const header = buildVmdb({
    slots: SLOTS,
    groupName: database.groupName,
    groupGuid: database.groupGuid,
    committedTransaction: database.transaction,
    counts: {
      volumes: count('volume'),
      components: count('component'),
      extents: count('extent'),
      disks: count('disk'),
    },
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
    const volumeId = newId();
    records.push({
      ...common,
      ...NO_OPTIONAL_FIELD,
      kind: 'volume',
      flags: volume.mountHint === undefined ? 0 : OPTIONAL.volume.mountHint,
      revision: 5,
      id: volumeId,
      name: volume.name,
      type: volume.components[0]!.layout === 'raid5' ? 'raid5' : 'gen',
      disabledDriveLetter: '',
      state: 'ACTIVE',
      readPolicy: volume.components[0]!.layout === 'raid5' ? 4 : 3,
      volumeNumber: index + 1,
      volumeFlags: 0x11,
      componentCount: volume.components.length,
      transaction,
      secondTransaction: 0n,
      sizeSectors: volume.sizeSectors,
      reserved: 0,
      partitionType: NTFS,
      guid: volume.guid,
      mountHint: volume.mountHint,
    });
    volume.components.forEach(({ layout, extents }, index) => {
      const componentId = newId();
      const striped = layout !== 'concatenated';
      records.push({
        ...common,
        kind: 'component',
        flags: striped ? OPTIONAL.component.stripes : 0,
        id: componentId,
        name: `${volume.name}-${twoDigits(index + 1)}`,
        state: 'ACTIVE',
        layout: COMPONENT_LAYOUTS[layout],
        objectFlags: 0,
        extentCount: extents.length,
        transaction,
        secondTransaction: 0n,
        volumeId,
        logId: 0,
        stripeSectors: striped ? STRIPE_SECTORS : undefined,
        columns: striped ? extents.length : undefined,
      });
      for (const extent of extents) {
        const { name, publicStart } = disks[extent.disk]!;
        extentsOnDisk[extent.disk]! += 1;
        records.push({
          ...common,
          kind: 'extent',
          objectFlags: 0,
          flags: OPTIONAL.extent.hidden | (extent.column > 0 ? OPTIONAL.extent.column : 0),
          id: newId(),
          name: `${name}-${twoDigits(extentsOnDisk[extent.disk]!)}`,
          transaction,
          startSector: extent.sector - publicStart,
          columnOffset: extent.columnOffset,
          sizeSectors: extent.sizeSectors,
          componentId,
          diskId: diskIds[extent.disk]!,
          column: extent.column > 0 ? extent.column : undefined,
          hidden: 0,
        });
      }
    });
  });
  return records;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

import type { PlacedExtent } from './allocate';
import { buildRecord } from './build-record';
import { CONFIG, MBR_PUBLIC_START, VBLK_BYTES } from './layout';
import { type LdmRecord, OPTIONAL } from './records';
import { layRecords } from './vblk';
import { buildVmdb } from './vmdb';

export interface NewDisk {
  readonly name: string;
  readonly guid: string;
}

export interface NewVolume {
  readonly name: string;
  readonly guid: string;
  readonly sizeSectors: number;
  readonly mountHint: string | undefined;
  /** One copy: a simple volume; two: a mirror. */
  readonly copies: readonly PlacedExtent[];
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
    { ...common, kind: 'disk group', id: newId(), name: groupName, guid: groupGuid, transaction: 0n },
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
      type: 'gen',
      disabledDriveLetter: '',
      state: 'ACTIVE',
      readPolicy: 3,
      volumeNumber: index + 1,
      volumeFlags: 0x11,
      componentCount: volume.copies.length,
      transaction,
      secondTransaction: 0n,
      sizeSectors: volume.sizeSectors,
      partitionType: NTFS,
      guid: volume.guid,
      mountHint: volume.mountHint,
    });
    volume.copies.forEach((copy, copyIndex) => {
      const componentId = newId();
      records.push({
        ...common,
        kind: 'component',
        id: componentId,
        name: `${volume.name}-${twoDigits(copyIndex + 1)}`,
        state: 'ACTIVE',
        layout: 2,
        extentCount: 1,
        transaction,
        volumeId,
        stripeSectors: undefined,
        columns: undefined,
      });
      extentsOnDisk[copy.disk]! += 1;
      records.push({
        ...common,
        kind: 'extent',
        flags: OPTIONAL.extent.hidden,
        id: newId(),
        name: `${disks[copy.disk]!.name}-${twoDigits(extentsOnDisk[copy.disk]!)}`,
        transaction,
        startSector: copy.sector - MBR_PUBLIC_START,
        columnOffset: 0,
        sizeSectors: copy.sizeSectors,
        componentId,
        diskId: diskIds[copy.disk]!,
        column: undefined,
      });
    });
  });
  return records;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

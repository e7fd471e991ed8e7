import { inspectGpt } from '../../disk/gpt';
import { type LdmMember, readMember } from '../../disk/ldm';
import type { SectorReader } from '../../disk/mbr';
import { type DiskTable, readDiskTable } from '../disk-tables';

/** A disk as its own bytes describe it. */
export interface InspectedDisk {
  readonly number: number;
  readonly table: DiskTable;
  readonly member: LdmMember | undefined;
  /** Sentences about what cannot be read. */
  readonly damage: readonly string[];
}

const EMPTY: Omit<DiskTable, 'sectors' | 'lastUsable'> = {
  style: 'raw',
  signature: undefined,
  guid: undefined,
  firstUsable: 1,
  damage: undefined,
  partitions: [],
};

/** Reads the tables and the dynamic disk metadata; damage is told, not thrown. */
export function inspectDisk(number: number, disk: SectorReader): InspectedDisk {
  const damage: string[] = [];
  const tolerate = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      // The tables are read for partitions and for dynamic disks: what is wrong with them is told once.
      const { message } = error as Error;
      if (!damage.includes(message)) damage.push(message);
      return undefined;
    }
  };
  const sectors = Math.floor(disk.sizeBytes / 512);
  const table = tolerate(() => readDiskTable(disk)) ?? { ...EMPTY, sectors, lastUsable: sectors - 1 };
  if (table.damage !== undefined) damage.push(table.damage);
  for (const { entry, startSector, sizeSectors } of table.partitions)
    if (startSector + sizeSectors > sectors)
      damage.push(
        `Partition ${entry} ends at sector ${startSector + sizeSectors - 1}, but the disk has ${sectors} sectors. ` +
          'The disk image is cut short, or the table was made for another disk.',
      );
  if (table.style === 'gpt') {
    const { primary, backup, agree } = inspectGpt(disk);
    for (const [name, copy] of Object.entries({ primary, backup }))
      if (copy.state !== 'sound')
        damage.push(`The ${name} copy of the GUID partition table is ${copy.state}: ${copy.damage.message}`);
    if (primary.state === 'sound' && backup.state === 'sound' && !agree)
      damage.push('The two copies of the GUID partition table do not say the same.');
  }
  return { number, table, member: tolerate(() => readMember(disk)), damage };
}

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
      damage.push((error as Error).message);
      return undefined;
    }
  };
  const sectors = Math.floor(disk.sizeBytes / 512);
  const table = tolerate(() => readDiskTable(disk)) ?? { ...EMPTY, sectors, lastUsable: sectors - 1 };
  if (table.damage !== undefined) damage.push(table.damage);
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

import { damaged, type Patch, SECTOR_BYTES, type SectorReader } from '../mbr';
import { inspectGpt } from './read-gpt';
import { entriesSectors, PRIMARY_ENTRIES_SECTOR } from './table';
import { copyPatches } from './write-gpt';

/**
 * What to write so that both copies of a GPT are sound and say the same: the damaged one is made from the sound one; where
 * both are sound and differ, the primary holds (UEFI 2.10, section 5.3.2). A backup that is not in the last sector, because
 * the disk was enlarged, is written there, and the primary told. Nothing where nothing is to do. Throws a DiskFormatError
 * where neither is sound.
 */
export function repairGpt(reader: SectorReader): Patch[] {
  const { primary, backup, agree, table } = inspectGpt(reader);
  const diskSectors = Math.floor(reader.sizeBytes / SECTOR_BYTES);
  const last = diskSectors - 1;
  if (!table) {
    const [first, second] = [primary, backup].map((copy) =>
      copy.state === 'sound' ? '' : copy.damage.message,
    );
    throw damaged(
      SECTOR_BYTES,
      'neither copy of the GPT is sound, so none can be made from the other',
      `Primary: ${first} Backup: ${second}`,
    );
  }
  const inPlace = backup.state === 'sound' && backup.sector === last;
  if (agree && inPlace) return [];
  const source = primary.state === 'sound' ? primary : backup;
  const entries = source.state === 'sound' ? source.entries : undefined;
  const primaryEntries = table.primaryEntriesSector ?? PRIMARY_ENTRIES_SECTOR;
  const writeBackup = primary.state === 'sound';
  const writePrimary = primary.state !== 'sound' || !inPlace;
  return [
    ...(writeBackup
      ? copyPatches(
          table,
          diskSectors,
          { own: last, other: 1, entries: last - entriesSectors(table) },
          entries,
        )
      : []),
    ...(writePrimary
      ? copyPatches(table, diskSectors, { own: 1, other: last, entries: primaryEntries }, entries)
      : []),
  ];
}

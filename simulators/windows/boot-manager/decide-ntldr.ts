import type { BootFailure } from './boot-failure';
import { type BootIni, type BootIniEntry, parseArcPath } from './boot-ini';
import type { DiskTable, PartitionPlace } from './disks';
import { ntldrDiskFailure } from './ntldr-failure';

/** A system that NTLDR starts. */
export interface NtldrStart {
  readonly kind: 'start';
  readonly description: string;
  readonly place: PartitionPlace;
  readonly systemRoot: string;
  readonly loadOptions: string;
}

/** The entry that starts without a choice: that of `default`, or else the first. Paths compare without case. */
export function defaultIniEntry(ini: BootIni): BootIniEntry {
  const wanted = ini.default.toLowerCase();
  return ini.entries.find(({ path }) => path.toLowerCase() === wanted) ?? ini.entries[0]!;
}

/**
 * Where an entry of boot.ini leads. `rdisk(0)` is the disk that the firmware boots, the others follow in their order; a
 * partition counts among those with a number in Windows. {@link missingSystemFile} says whether a system is there.
 */
export function decideNtldr(
  entry: BootIniEntry,
  disks: readonly DiskTable[],
  bootDisk: number,
): NtldrStart | BootFailure {
  const arc = parseArcPath(entry.path);
  if (arc === undefined) return ntldrDiskFailure();
  const order = [bootDisk, ...disks.map((_disk, index) => index).filter((index) => index !== bootDisk)];
  const wanted = arc.disk;
  const disk =
    wanted.kind === 'number'
      ? order[wanted.number]
      : order.find((index) => disks[index]?.style === 'mbr' && disks[index]?.signature === wanted.signature);
  const partition =
    disk === undefined
      ? -1
      : (disks[disk]?.partitions.findIndex(({ number }) => number === arc.partition) ?? -1);
  if (disk === undefined || partition < 0) return ntldrDiskFailure();
  return {
    kind: 'start',
    description: entry.description,
    place: { disk, partition },
    systemRoot: arc.folder,
    loadOptions: entry.switches,
  };
}

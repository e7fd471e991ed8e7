import { PARTITION_TYPES } from '../../disk/gpt';
import type { DiskGroup } from '../../disk/ldm';
import { SECTOR_BYTES } from '../../disk/mbr';
import { type BootDecision, type DiskTable, decideBoot, type PartitionPlace } from '../boot-manager';
import { isVolumeOf, type TablePartition } from '../disk-tables';
import type { FileAccess } from '../shell';
import type { VolumeView } from '../windows-host';
import { readStoreIfThere } from './inspect-stores';
import type { InspectedDisk } from './inspected-disk';
import type { BootReport } from './inspection';

export interface BootQuestion {
  readonly files: FileAccess;
  readonly disks: readonly InspectedDisk[];
  readonly groups: readonly DiskGroup[];
  readonly volumes: readonly VolumeView[];
  /** Of the Windows on the disks, e.g. `6.1.7601`; undefined where there is none. */
  readonly version: string | undefined;
}

/** What happens when a machine with these disks, in this order, is switched on: it boots the first one. */
export async function predictBoot(question: BootQuestion): Promise<BootReport> {
  const first = question.disks[0];
  if (!first || first.table.style === 'raw') {
    return {
      firmware: 'none',
      starts: false,
      outcome: first?.damage.length
        ? 'The partition table of disk 0 cannot be read, so nothing starts from it.'
        : 'Disk 0 has no partition table, so nothing starts from it.',
      screen: [],
    };
  }
  const uefi = first.table.style === 'gpt';
  const candidates = first.table.partitions.filter(({ kind }) => kind !== 'extended');
  const start = candidates.findIndex(({ active, type }) =>
    uefi ? type === PARTITION_TYPES.efiSystem : active,
  );
  const firmware = uefi ? 'UEFI' : 'BIOS';
  const decision = await decide(question, firmware, start);
  if (decision.kind === 'start') {
    const { device, description } = decision;
    return {
      firmware,
      starts: true,
      outcome: `"${description}" starts from ${placeName(question, device)}.`,
      screen: [],
    };
  }
  const status = decision.status === undefined ? '' : ` with status 0x${decision.status.toString(16)}`;
  return {
    firmware,
    starts: false,
    outcome: `The boot ends${status}: ${decision.info}`,
    screen: decision.screen,
  };
}

/** The boot manager asks for files at once; they are looked up between one try and the next. */
async function decide(
  question: BootQuestion,
  firmware: 'BIOS' | 'UEFI',
  start: number,
): Promise<BootDecision> {
  const { files, disks, version } = question;
  const bootPartition = start < 0 ? undefined : start;
  const store = firmware === 'UEFI' ? '\\EFI\\Microsoft\\Boot\\BCD' : '\\Boot\\BCD';
  const root =
    bootPartition === undefined ? undefined : rootOf(question, { disk: 0, partition: bootPartition });
  const found = root === undefined ? undefined : await readStoreIfThere(files, `${root}${store}`);
  const known = new Map<string, boolean>();
  for (;;) {
    const asked: string[] = [];
    const decision = decideBoot({
      storeBytes: found?.bytes,
      storeLogs: found?.logs ?? [],
      disks: disks.map(({ table }) => bootTable(table)),
      bootDisk: 0,
      bootPartition,
      firmware,
      era: version !== undefined && /^6\.[01]\b/.test(version) ? 'windows-6.1' : 'windows-6.2+',
      fileExists: (place, windowsPath) => {
        const folder = rootOf(question, place);
        if (folder === undefined) return false;
        const path = `${folder}${windowsPath}`;
        const exists = known.get(path);
        if (exists === undefined) asked.push(path);
        return exists ?? false;
      },
    });
    if (asked.length === 0) return decision;
    for (const path of asked) known.set(path, (await files.stat(path).catch(() => undefined)) !== undefined);
  }
}

function bootTable({ style, signature, guid, partitions }: InspectedDisk['table']): DiskTable {
  return {
    style,
    signature,
    guid,
    partitions: partitions
      .filter(({ kind }) => kind !== 'extended')
      .map(({ startSector, guid: partitionGuid }) => ({
        offsetBytes: startSector * SECTOR_BYTES,
        guid: partitionGuid,
      })),
  };
}

function partitionAt({ disks }: BootQuestion, place: PartitionPlace): TablePartition | undefined {
  return disks[place.disk]?.table.partitions.filter(({ kind }) => kind !== 'extended')[place.partition];
}

/** The volume on a partition: a basic one, or a dynamic one with an extent that starts there. */
function volumeAt(question: BootQuestion, place: PartitionPlace): VolumeView | undefined {
  const partition = partitionAt(question, place);
  if (!partition) return undefined;
  const { member } = question.disks[place.disk]!;
  const dynamic = question.groups
    .flatMap(({ volumes }) => volumes)
    .find(({ components }) =>
      components.some(({ extents }) =>
        extents.some(
          ({ disk, absoluteSector }) =>
            disk.member !== undefined && disk.member === member && absoluteSector === partition.startSector,
        ),
      ),
    );
  return question.volumes.find((volume) => {
    const { location, diskNumbers } = volume;
    if (location.style !== 'dynamic') return isVolumeOf(volume, { number: place.disk }, partition);
    return diskNumbers.includes(place.disk) && location.volumeGuid === dynamic?.guid;
  });
}

function rootOf(question: BootQuestion, place: PartitionPlace): string | undefined {
  const volume = volumeAt(question, place);
  return volume?.mountPoint === undefined ? undefined : volume.devicePath;
}

function placeName(question: BootQuestion, place: PartitionPlace): string {
  const volume = volumeAt(question, place);
  const letter = volume?.letter === undefined ? '' : ` (${volume.letter}:)`;
  return `disk ${place.disk}, partition ${partitionAt(question, place)?.entry}${letter}`;
}

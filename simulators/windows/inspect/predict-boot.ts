import { PARTITION_TYPES } from '../../disk/gpt';
import type { DiskGroup } from '../../disk/ldm';
import { readSectors, SECTOR_BYTES, type SectorReader } from '../../disk/mbr';
import { BOOT_FILE_BYTES } from '../../disk/ntfs';
import {
  activeEntry,
  type BootEra,
  type BootFailure,
  bareFailure,
  bootSectorsFailure,
  type DiskTable,
  decideBoot,
  decideNtldr,
  defaultIniEntry,
  missingSystemFile,
  type PartitionPlace,
  parseBootIni,
  storePathOf,
  volumeLoader,
} from '../boot-manager';
import { isVolumeOf, type TablePartition } from '../disk-tables';
import { type FileAccess, WindowsError } from '../shell';
import type { VolumeView } from '../windows-host';
import { FileQuestions } from './file-questions';
import { readStoreIfThere } from './inspect-stores';
import type { InspectedDisk } from './inspected-disk';
import type { BootReport } from './inspection';

export interface BootQuestion {
  readonly files: FileAccess;
  readonly disks: readonly InspectedDisk[];
  readonly openDisk: (number: number) => SectorReader;
  readonly groups: readonly DiskGroup[];
  readonly volumes: readonly VolumeView[];
  /** Of the Windows on the disks, e.g. `6.1.7601`; undefined where there is none. */
  readonly version: string | undefined;
}

/** What starts, and from where. */
interface Started {
  readonly kind: 'start';
  readonly description: string;
  readonly place: PartitionPlace;
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
  const firmware = first.table.style === 'gpt' ? 'UEFI' : 'BIOS';
  const decision = firmware === 'UEFI' ? await uefiBoot(question, first) : await biosBoot(question, first);
  if (decision.kind === 'start') {
    const { place, description } = decision;
    return {
      firmware,
      starts: true,
      outcome: `"${description}" starts from ${placeName(question, place)}.`,
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

const partitionsOf = ({ table }: InspectedDisk): readonly TablePartition[] =>
  table.partitions.filter(({ kind }) => kind !== 'extended');

function uefiBoot(question: BootQuestion, disk: InspectedDisk): Promise<Started | BootFailure> {
  const start = partitionsOf(disk).findIndex(({ type }) => type === PARTITION_TYPES.efiSystem);
  return managerBoot(question, 'UEFI', start < 0 ? undefined : start);
}

async function biosBoot(question: BootQuestion, disk: InspectedDisk): Promise<Started | BootFailure> {
  const era = managerEra(question);
  const reader = question.openDisk(disk.number);
  const diskSector = readSectors(reader, 0);
  const entry = activeEntry(diskSector);
  const partitions = partitionsOf(disk);
  const active = partitions.findIndex((one) => typeof entry === 'number' && one.entry === entry + 1);
  const partition = partitions[active];
  const boot = partition && readBoot(reader, partition);
  if (partition && !boot) return bareFailure(era, ['Error loading operating system']);
  const failure = bootSectorsFailure(era, diskSector, boot);
  if (failure) return failure;
  const place = { disk: 0, partition: active };
  if (boot && volumeLoader(boot) === 'NTLDR') return ntldrBoot(question, place);
  return managerBoot(question, 'BIOS', active);
}

/** The sectors with a volume's boot code; undefined where the disk ends before them. */
function readBoot(reader: SectorReader, { startSector }: TablePartition): Uint8Array | undefined {
  const end = startSector * SECTOR_BYTES + BOOT_FILE_BYTES;
  if (end > reader.sizeBytes) return undefined;
  return readSectors(reader, startSector, BOOT_FILE_BYTES / SECTOR_BYTES);
}

const managerEra = ({ version }: BootQuestion) =>
  version !== undefined && /^6\.[01]\b/.test(version) ? 'windows-6.1' : 'windows-6.2+';

/** The boot manager, then winload and the kernel. */
async function managerBoot(
  question: BootQuestion,
  firmware: 'BIOS' | 'UEFI',
  bootPartition: number | undefined,
): Promise<Started | BootFailure> {
  const { files, disks } = question;
  const root =
    bootPartition === undefined ? undefined : rootOf(question, { disk: 0, partition: bootPartition });
  const store =
    root === undefined ? undefined : await readStoreIfThere(files, `${root}${storePathOf(firmware)}`);
  const era = managerEra(question);
  const decision = await new FileQuestions(files).settle(({ exists }) =>
    decideBoot({
      storeBytes: store?.bytes,
      storeLogs: store?.logs ?? [],
      disks: disks.map(({ table }) => bootTable(table)),
      bootDisk: 0,
      bootPartition,
      firmware,
      era,
      fileExists: (place, path) => {
        const folder = rootOf(question, place);
        return folder !== undefined && exists(`${folder}${path}`);
      },
    }),
  );
  if (decision.kind === 'failure') return decision;
  const { description, device, osdevice, systemRoot } = decision;
  const missing = await systemFailure(question, era, osdevice, systemRoot);
  return missing ?? { kind: 'start', description, place: device };
}

async function ntldrBoot(question: BootQuestion, bootPlace: PartitionPlace): Promise<Started | BootFailure> {
  const { files, disks } = question;
  const root = rootOf(question, bootPlace);
  const isThere = async (path: string): Promise<boolean> =>
    root !== undefined && (await files.stat(`${root}${path}`).catch(() => undefined)) !== undefined;
  if (!(await isThere('\\ntldr')))
    return bareFailure('windows-5.2', ['NTLDR is missing', 'Press Ctrl+Alt+Del to restart']);
  if (!(await isThere('\\NTDETECT.COM'))) return bareFailure('windows-5.2', ['NTDETECT failed']);
  const ini = parseBootIni(await readText(files, `${root}\\boot.ini`));
  const tables = disks.map(({ table }) => bootTable(table));
  const decision = decideNtldr(defaultIniEntry(ini), tables, bootPlace.disk);
  if (decision.kind === 'failure') return decision;
  const { description, place, systemRoot } = decision;
  const missing = await systemFailure(question, 'windows-5.2', place, systemRoot);
  return missing ?? { kind: 'start', description, place };
}

async function readText(files: FileAccess, path: string): Promise<string | undefined> {
  try {
    return Buffer.from(await files.read(path)).toString('latin1');
  } catch (error) {
    if (error instanceof WindowsError) return undefined;
    throw error;
  }
}

/** What is missing among the files of the system on a partition. */
function systemFailure(
  question: BootQuestion,
  era: BootEra,
  place: PartitionPlace,
  systemRoot: string,
): Promise<BootFailure | undefined> {
  const root = rootOf(question, place);
  return new FileQuestions(question.files).settle(({ exists, opens }) =>
    missingSystemFile(era, systemRoot, {
      exists: (path) => root !== undefined && exists(`${root}${systemRoot}\\${path}`),
      opens: (path) => root !== undefined && opens(`${root}${systemRoot}\\${path}`),
    }),
  );
}

function bootTable({ style, signature, guid, partitions }: InspectedDisk['table']): DiskTable {
  return {
    style,
    signature,
    guid,
    partitions: partitions
      .filter(({ kind }) => kind !== 'extended')
      .map(({ startSector, guid: partitionGuid, number }) => ({
        offsetBytes: startSector * SECTOR_BYTES,
        guid: partitionGuid,
        number,
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

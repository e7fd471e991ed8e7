import { PARTITION_TYPES } from '../../../disk/gpt';
import { createDiskGroup, type DiskGroupRequest } from '../../../disk/ldm';
import type { Patch, SectorReader } from '../../../disk/mbr';
import {
  type DiskTable,
  dynamicGpt,
  isVolumeOf,
  isVolumeType,
  readDiskTable,
  type TablePartition,
} from '../../disk-tables';
import type { DiskView, VolumeView } from '../../windows-host';
import type { Command, CommandContext } from './command';
import { newSignature } from './create-partition';
import { tableOf } from './disk-image';
import { serviceFailure } from './failure';
import { focusedDisk } from './focus';
import { requireNoWords } from './parameters';

/** Where volumes of an MBR disk may begin, and what its end keeps for the database (facts on LDM). */
const PUBLIC_START = 63;
const PRIVATE_SECTORS = 2048;

type NewVolume = DiskGroupRequest['volumes'][number];

// Texts of vdserr.h of the Windows SDK: VDS_E_NO_FREE_SPACE, VDS_E_LEGACY_VOLUME_FORMAT, VDS_E_NON_CONTIGUOUS_DATA_PARTITIONS.
const noSpace = () =>
  serviceFailure('The selected disk does not have enough free space to complete the operation.');
const unknownType = () =>
  serviceFailure('A partition with an unknown type was detected on the selected disk.');
const notContiguous = () =>
  serviceFailure(
    "The selected GPT formatted disk contains a partition which is not of type\n'PARTITION_BASIC_DATA_GUID', and is both preceeded and followed by a partition\nof type 'PARTITION_BASIC_DATA_GUID'.",
  );

/**
 * `convert dynamic`: the disk joins the machine's disk group, or is the first one in it. Every partition that holds a volume
 * becomes a simple volume where it is, with its letter; that of the system and the active one keep their table entries
 * (KB222188). The last MiB of an MBR disk must be free, and a GPT disk must have a reserved partition.
 */
export const convertDynamic: Command = async (context, words) => {
  requireNoWords(words);
  const { host, focus, say } = context;
  const disk = await focusedDisk(host, focus);
  // vdserr.h of the Windows SDK, VDS_E_DISK_DYNAMIC.
  if (disk.dynamic) throw serviceFailure('The disk is already dynamic.');
  // Our limit: real diskpart does it at the next start.
  if (disk.bootDisk && (await tableOf(host, disk)).partitions.length > 0)
    throw serviceFailure('This stand-in does not convert the disk that the running system lies on.');
  const volumes = (await host.volumes()).filter(({ diskNumbers }) => diskNumbers.includes(disk.number));
  const numbers = volumes.map(({ number }) => number);
  await host.editDisks([disk.number], numbers, ([reader]) => [convert(context, disk, volumes, reader!)]);
  await host.importForeign(disk.number);
  focus.partition = undefined;
  focus.volume = undefined;
  // Seen on real Windows.
  say('DiskPart successfully converted the selected disk to dynamic format.');
};

function convert(
  context: CommandContext,
  disk: DiskView,
  volumes: readonly VolumeView[],
  reader: SectorReader,
): readonly Patch[] {
  const table = readDiskTable(reader);
  const found = table.partitions.map((partition) => ({
    partition,
    volume: volumes.find((one) => isVolumeOf(one, disk, partition)),
  }));
  return table.style === 'gpt'
    ? convertGpt(context, table, found, reader)
    : convertMbr(context, table, found);
}

interface FoundPartition {
  readonly partition: TablePartition;
  readonly volume: VolumeView | undefined;
}

function convertMbr(
  context: CommandContext,
  table: DiskTable,
  found: readonly FoundPartition[],
): readonly Patch[] {
  const drives = found.filter(({ partition }) => partition.kind !== 'extended');
  if (drives.some(({ partition }) => !isVolumeType(partition.type))) throw unknownType();
  const end = table.sectors - PRIVATE_SECTORS;
  if (
    found.some(
      ({ partition: { startSector, sizeSectors } }) =>
        startSector < PUBLIC_START || startSector + sizeSectors > end,
    )
  )
    throw noSpace();
  const signature = table.signature ?? newSignature(context.newGuid);
  const volumes = drives.map((drive, index): NewVolume => {
    const { partition } = drive;
    const retain = partition.kind === 'primary' && isRetained(drive);
    return {
      ...simpleVolume(drive, index),
      ...(retain && { tableEntry: partition.active ? 'active' : 'plain', tableNumber: partition.entry }),
    };
  });
  return newGroup(context, { sizeSectors: table.sectors, signature }, volumes);
}

function convertGpt(
  context: CommandContext,
  table: DiskTable,
  found: readonly FoundPartition[],
  reader: SectorReader,
): readonly Patch[] {
  const data = found.filter(({ partition }) => partition.type === PARTITION_TYPES.basicData);
  const retained = new Set(data.filter(isRetained).map(({ partition }) => partition.guid ?? ''));
  const dynamic = dynamicGpt(reader, context.newGuid, retained);
  if (dynamic === 'no-space') throw noSpace();
  if (dynamic === 'not-contiguous') throw notContiguous();
  const { metadata, data: room, patches } = dynamic;
  const request = { style: 'gpt', sizeSectors: table.sectors, metadata, data: room } as const;
  // The table comes last: until then the disk is what it was.
  return [...newGroup(context, request, data.map(simpleVolume)), ...patches];
}

const isRetained = ({ partition, volume }: FoundPartition): boolean =>
  partition.active || volume?.info === 'Boot' || volume?.info === 'System';

function simpleVolume({ partition, volume }: FoundPartition, index: number): NewVolume {
  return {
    name: `Volume${index + 1}`,
    layout: 'simple',
    sizeSectors: partition.sizeSectors,
    at: partition.startSector,
    ...(volume?.letter === undefined ? {} : { mountHint: `${volume.letter}:` }),
  };
}

/** A group of this one disk. Windows forms its name from that of the computer (facts on LDM). */
function newGroup(
  { host, newGuid }: CommandContext,
  disk: DiskGroupRequest['disks'][number],
  volumes: readonly NewVolume[],
): readonly Patch[] {
  const groupName = `${host.hostName.toUpperCase()}-Dg0`;
  const created = createDiskGroup({ groupName, disks: [disk], volumes, now: new Date(), newGuid });
  return created.patches[0] ?? [];
}

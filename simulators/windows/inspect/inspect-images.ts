import { PARTITION_TYPES, partitionTypeName } from '../../disk/gpt';
import { isVolumeOf } from '../disk-tables';
import type { ImageSession } from '../image-host';
import type { DiskView, VolumeView } from '../windows-host';
import { findProblems } from './find-problems';
import { signatureText } from './hex-id';
import { groupsOf, inspectGroups } from './inspect-groups';
import { inspectStores } from './inspect-stores';
import { inspectVolume } from './inspect-volumes';
import { inspectWindows } from './inspect-windows';
import { type InspectedDisk, inspectDisk } from './inspected-disk';
import type { DiskReport, Inspection, PartitionReport } from './inspection';
import { predictBoot } from './predict-boot';

/** Looks at everything on disk images that decides whether their server boots and who can log on. Changes nothing. */
export async function inspectImages(session: ImageSession): Promise<Inspection> {
  const { host, files, windows } = session;
  const disks = session.disks.map((_, number) => inspectDisk(number, session.openDisk(number)));
  const [views, volumes] = [await host.disks(), await host.volumes()];
  const [first] = windows;
  const found = {
    disks: disks.map((disk) => diskReport(session, disk, views[disk.number], volumes)),
    groups: inspectGroups(disks, first),
    volumes: await Promise.all(volumes.map((volume) => inspectVolume(host, volume))),
    windows: await Promise.all(
      windows.map((one) => {
        // Volumes were found before they had the letters of the first Windows.
        const volume = volumes.find(({ number }) => number === one.volume.number) ?? one.volume;
        return inspectWindows({ ...one, volume }, files);
      }),
    ),
    stores: await inspectStores(files, disks, volumes),
    boot: await predictBoot({
      files,
      disks,
      openDisk: (number) => session.openDisk(number),
      groups: groupsOf(disks),
      volumes,
      version: first ? host.version : undefined,
    }),
  };
  return { ...found, problems: findProblems(found) };
}

function diskReport(
  { disks }: ImageSession,
  { number, table, member, damage }: InspectedDisk,
  view: DiskView | undefined,
  volumes: readonly VolumeView[],
): DiskReport {
  const { image, format, sizeBytes } = disks[number]!;
  const reason = view?.offlineReason === 'collision' ? ' (its signature is that of another disk)' : '';
  return {
    number,
    image,
    format,
    sizeBytes,
    style: table.style,
    identity:
      table.signature === undefined ? table.guid && `{${table.guid}}` : signatureText(table.signature),
    status: `${view?.status ?? 'Unknown'}${reason}`,
    group: member?.privHead.groupName,
    partitions: table.partitions.map((partition): PartitionReport => {
      const { entry, type, startSector, sizeSectors, active, guid } = partition;
      return {
        number: entry,
        type: typeText(type),
        startSector,
        sizeSectors,
        active,
        guid,
        volume: volumes.find((volume) => isVolumeOf(volume, { number }, partition))?.number,
      };
    }),
    damage,
  };
}

const MBR_TYPES = new Map([
  [0x05, 'Extended'],
  [0x07, 'NTFS'],
  [0x0b, 'FAT32'],
  [0x0c, 'FAT32'],
  [0x0f, 'Extended'],
  [0x27, 'Recovery'],
  [0x42, 'Dynamic'],
  [0xee, 'GPT protective'],
]);

function typeText(type: number | string): string {
  if (typeof type === 'number')
    return `${MBR_TYPES.get(type) ?? 'Type'} (${type.toString(16).padStart(2, '0')})`;
  return type === PARTITION_TYPES.efiSystem ? 'EFI System' : partitionTypeName(type);
}

import { isVolumeOf } from '../../disk-tables';
import { WindowsError } from '../../shell';
import type { VolumeView } from '../../windows-host';
import type { Command, CommandContext } from './command';
import { diskId } from './disk-identity';
import { attributeLines, yesNo } from './disk-state';
import { focusedDisk, focusedPartition, focusedVolume } from './focus';
import { requireNoWords } from './parameters';
import { diskPartSize, diskTable, statusText, volumeTable } from './tables';
import { volumeAttributes } from './volume-attributes';

/**
 * `detail disk`. Fields as on real Windows; bus, path, target, LUN and location are our choice, since a disk that is
 * passed through shows none of its own.
 */
export const detailDisk: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const disk = await focusedDisk(host, focus);
  const volumes = (await host.volumes()).filter(({ diskNumbers }) => diskNumbers.includes(disk.number));
  say(
    [
      disk.model,
      `Disk ID: ${diskId(disk)}`,
      'Type   : SATA',
      `Status : ${statusText(disk)}`,
      'Path   : 0',
      `Target : ${disk.number}`,
      'LUN ID : 0',
      'Location Path : UNAVAILABLE',
      attributeLines(disk),
    ].join('\r\n'),
  );
  // General knowledge.
  say(volumes.length === 0 ? 'There are no volumes.' : volumeTable(volumes, focus.volume));
};

/** `detail partition`: one set of fields for MBR, another for GPT, as in transcripts of both. */
export const detailPartition: Command = async ({ host, focus, say }, words) => {
  requireNoWords(words);
  const { disk, partition } = await focusedPartition(host, focus);
  const volume = (await host.volumes()).find((one) => isVolumeOf(one, disk, partition));
  const { type, attributes, active, number, startSector } = partition;
  const required = (attributes & 1n) !== 0n;
  const hidden = volume === undefined || volume.info === 'Hidden';
  const fields =
    typeof type === 'string'
      ? [
          `Type    : ${type}`,
          `Hidden  : ${yesNo(hidden)}`,
          `Required: ${yesNo(required)}`,
          `Attrib  : 0X${attributes.toString(16).toUpperCase().padStart(16, '0')}`,
        ]
      : [
          `Type  : ${type.toString(16).toUpperCase().padStart(2, '0')}`,
          `Hidden: ${yesNo(hidden)}`,
          `Active: ${yesNo(active)}`,
        ];
  say([`Partition ${number}`, ...fields, `Offset in Bytes: ${startSector * 512}`].join('\r\n'));
  // Seen on real Windows.
  say(volume ? volumeTable([volume], focus.volume) : 'There is no volume associated with this partition.');
};

/** `detail volume`: its disks, seven marks and, where it is mounted, its room. As in a transcript of version 10. */
export const detailVolume: Command = async (context, words) => {
  requireNoWords(words);
  const { host, focus, say } = context;
  const volume = await focusedVolume(host, focus);
  const disks = (await host.disks()).filter(({ number }) => volume.diskNumbers.includes(number));
  say(diskTable(disks, focus.disk));
  const { readOnly, hidden, noDefaultDriveLetter, shadowCopy } = await volumeAttributes(host, volume);
  say(
    [
      ['Read-only', readOnly],
      ['Hidden', hidden],
      ['No Default Drive Letter', noDefaultDriveLetter],
      ['Shadow Copy', shadowCopy],
      ['Offline', volume.status === 'Offline'],
      ['BitLocker Encrypted', false],
      ['Installable', volume.fileSystem === 'NTFS'],
    ]
      .map(([name, value]) => `${String(name).padEnd(23)}: ${yesNo(value === true)}`)
      .join('\r\n'),
  );
  const free = await freeBytes(context, volume);
  if (free === undefined) return;
  say(
    [
      `Volume Capacity        : ${diskPartSize(volume.sizeBytes).padStart(7)}`,
      `Volume Free Space      : ${diskPartSize(free).padStart(7)}`,
    ].join('\r\n'),
  );
};

async function freeBytes({ files }: CommandContext, volume: VolumeView): Promise<number | undefined> {
  if (volume.mountPoint === undefined) return undefined;
  try {
    return await files.freeBytes(volume.letter === undefined ? volume.devicePath : `${volume.letter}:\\`);
  } catch (error) {
    if (error instanceof WindowsError) return undefined;
    throw error;
  }
}

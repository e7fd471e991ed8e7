import { type GptPartition, readGpt } from '../../simulators/disk/gpt';
import { type MbrPartition, readMbr, type SectorReader } from '../../simulators/disk/mbr';
import type { ByteText } from './byte-text';
import { Refusal } from './refusal';

/** The partition table of a disk, in the words of `sfdisk -d`. */
export function listTable(disk: SectorReader, path: string, out: ByteText): void {
  const table = readGpt(disk);
  if (table) {
    out.text(`label: gpt\nlabel-id: ${table.diskGuid.toUpperCase()}\ndevice: ${path}\nunit: sectors\n`);
    out.text(`first-lba: ${table.firstUsableSector}\nlast-lba: ${table.lastUsableSector}\n`);
    out.text('sector-size: 512\n\n');
    for (const partition of table.partitions) out.text(`${path}${gptLine(partition)}\n`);
    return;
  }
  const record = readMbr(disk);
  if (!record) throw new Refusal('There is no partition table on it.');
  const signature = record.signature.toString(16).padStart(8, '0');
  out.text(`label: dos\nlabel-id: 0x${signature}\ndevice: ${path}\nunit: sectors\nsector-size: 512\n\n`);
  for (const partition of record.partitions) out.text(`${path}${mbrLine(partition)}\n`);
}

function placeOf({ number, startSector, sizeSectors }: MbrPartition | GptPartition): string {
  return `${number} : start=${String(startSector).padStart(12)}, size=${String(sizeSectors).padStart(12)}`;
}

function mbrLine(partition: MbrPartition): string {
  const active = partition.active ? ', bootable' : '';
  return `${placeOf(partition)}, type=${partition.type.toString(16)}${active}`;
}

function gptLine(partition: GptPartition): string {
  const { type, guid, name, attributes } = partition;
  const named = name === '' ? '' : `, name="${name}"`;
  const marks = attributesText(attributes);
  return `${placeOf(partition)}, type=${type.toUpperCase()}, uuid=${guid.toUpperCase()}${named}${marks && `, attrs="${marks}"`}`;
}

/** The first three bits have names; sfdisk gives those of a partition type by number. */
function attributesText(attributes: bigint): string {
  const words: string[] = [];
  const names = ['RequiredPartition', 'NoBlockIOProtocol', 'LegacyBIOSBootable'];
  names.forEach((name, bit) => {
    if (attributes & (1n << BigInt(bit))) words.push(name);
  });
  const numbers: number[] = [];
  for (let bit = 48; bit < 64; bit += 1) if (attributes & (1n << BigInt(bit))) numbers.push(bit);
  if (numbers.length > 0) words.push(`GUID:${numbers.join(',')}`);
  return words.join(' ');
}

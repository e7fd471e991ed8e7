import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { parseMbr, SECTOR_BYTES } from '../disk/mbr';
import { readDiskBytes, type ServerDisk } from '../server';

const SIGNATURE_OFFSET = 0x1b8;
/** `11000001` device, `21000001` osdevice (facts: formats 1.4); the value holds the signature at 0x38 (1.5). */
const DEVICE_ELEMENTS = ['11000001', '21000001'];
const SIGNATURE_IN_ELEMENT = 0x38;

/** The disk signature in sector 0, as 8 hexadecimal digits. */
export async function readDiskSignature(disk: ServerDisk): Promise<string> {
  const sector = await readDiskBytes(disk, 0, 512);
  return sector.readUInt32LE(SIGNATURE_OFFSET).toString(16).padStart(8, '0');
}

/**
 * The disk signatures that the loader entry and {bootmgr} name, as hivexregedit reads them out of `\Boot\BCD` on the
 * active partition: element code to 8 hexadecimal digits, by object id. Nothing of ours reads the hive.
 */
export async function readBootSignatures(disk: ServerDisk): Promise<Record<string, Record<string, string>>> {
  // In the session's folder, which goes with the session however that ends.
  const folder = await mkdtemp(path.join(path.dirname(disk.path), 'bcd-'));
  try {
    const partition = path.join(folder, 'active.ntfs');
    const active = parseMbr(await readDiskBytes(disk, 0, SECTOR_BYTES))?.partitions.find((one) => one.active);
    if (!active) throw new Error(`The disk ${disk.id} has no active partition.`);
    const { startSector, sizeSectors } = active;
    await writeFile(
      partition,
      await readDiskBytes(disk, startSector * SECTOR_BYTES, sizeSectors * SECTOR_BYTES),
    );
    const store = path.join(folder, 'BCD');
    await execa('ntfscat', ['--force', partition, '/Boot/BCD'], { stdout: { file: store } });
    const { stdout } = await execa('hivexregedit', [
      '--export',
      '--unsafe-printable-strings',
      store,
      '\\Objects',
    ]);
    return signaturesIn(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads `[\Objects\{guid}\Elements\11000001]` sections of a .reg text with `"Element"=hex(3):..` values. */
function signaturesIn(text: string): Record<string, Record<string, string>> {
  const found: Record<string, Record<string, string>> = {};
  for (const section of text.split(/^\[/m)) {
    const place = /^\\?(?:Objects\\)?(\{[0-9a-f-]+\})\\Elements\\([0-9a-f]{8})\]/i.exec(section);
    const data = /"Element"=hex\(3\):([0-9a-f,\\\s]+)/i.exec(section)?.[1];
    if (place?.[1] && place[2] && DEVICE_ELEMENTS.includes(place[2]) && data) {
      const bytes = Buffer.from(data.replace(/[^0-9a-f]/gi, ''), 'hex');
      found[place[1]] ??= {};
      found[place[1]]![place[2]] = bytes.readUInt32LE(SIGNATURE_IN_ELEMENT).toString(16).padStart(8, '0');
    }
  }
  return found;
}

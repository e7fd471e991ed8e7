import { concatBytes, encodeLatin1, encodeUtf16, writeU16, writeU32, writeU64 } from '../../bytes';
import { sealFileRecord } from '../file-record';

const SECTOR = 512;
/** After the 16 sectors of $Boot, room for four records each. */
const TABLE_CLUSTER = 16;
const MIRROR_CLUSTER = 24;

/** Where smallNtfs has $Volume, in the table and in the mirror. */
export const SMALL_NTFS = {
  table: TABLE_CLUSTER * SECTOR + 3 * 1024,
  mirror: MIRROR_CLUSTER * SECTOR + 3 * 1024,
  backup: 39 * SECTOR,
} as const;

/** As much of NTFS as the codec looks at, in 20 KiB: boot sector, $Volume in table and mirror, the copy at the end. */
export function smallNtfs({ label = 'Windows', flags = 0 } = {}): Uint8Array {
  const sectors = 40;
  const volume = new Uint8Array(sectors * SECTOR);
  const boot = volume.subarray(0, SECTOR);
  boot.set([0xeb, 0x52, 0x90]);
  boot.set(encodeLatin1('NTFS    '), 3);
  writeU16(boot, 11, SECTOR);
  boot[13] = 1;
  boot[21] = 0xf8;
  writeU16(boot, 0x18, 63);
  writeU16(boot, 0x1a, 255);
  writeU32(boot, 0x1c, 2048);
  writeU64(boot, 0x28, BigInt(sectors - 1));
  writeU64(boot, 0x30, BigInt(TABLE_CLUSTER));
  writeU64(boot, 0x38, BigInt(MIRROR_CLUSTER));
  boot[0x40] = 0xf6;
  boot[0x44] = 8;
  writeU64(boot, 0x48, 0x0e60_a9b2_1061_0097n);
  boot.fill(0x90, 0x54, 510);
  writeU16(boot, 510, 0xaa55);
  volume.set(boot, (sectors - 1) * SECTOR);
  const record = volumeRecord(label, flags);
  for (const cluster of [TABLE_CLUSTER, MIRROR_CLUSTER])
    volume.set(record, cluster * SECTOR + 3 * record.length);
  return volume;
}

function volumeRecord(label: string, flags: number): Uint8Array {
  const information = new Uint8Array(12);
  information.set([3, 1], 8);
  writeU16(information, 10, flags);
  const attributes = concatBytes(
    attribute(0x60, encodeUtf16(label)),
    attribute(0x70, information),
    Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0),
  );
  const record = new Uint8Array(1024);
  record.set(encodeLatin1('FILE'));
  writeU16(record, 4, 0x30);
  writeU16(record, 6, 3);
  writeU16(record, 0x14, 0x38);
  writeU16(record, 0x16, 1);
  writeU32(record, 0x18, 0x38 + attributes.length);
  writeU32(record, 0x1c, record.length);
  record.set(attributes, 0x38);
  return sealFileRecord(record);
}

function attribute(type: number, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(0x18 + Math.ceil(content.length / 8) * 8);
  writeU32(bytes, 0, type);
  writeU32(bytes, 4, bytes.length);
  writeU32(bytes, 0x10, content.length);
  writeU16(bytes, 0x14, 0x18);
  bytes.set(content, 0x18);
  return bytes;
}

/** An entry of a FAT root directory. */
function fatEntry(name: string, attributes: number): Uint8Array {
  const entry = new Uint8Array(32);
  entry.set(encodeLatin1(name.padEnd(11)));
  entry[11] = attributes;
  return entry;
}

/** A FAT32 volume of this many sectors, with a root directory over two clusters and the label in one of them. */
export function smallFat32(label: string, { sectors = 70_000, labelCluster = 1 } = {}): Uint8Array {
  const tableSectors = Math.ceil(sectors / 128);
  const volume = new Uint8Array(sectors * SECTOR);
  volume.set([0xeb, 0x58, 0x90]);
  volume.set(encodeLatin1('MSDOS5.0'), 3);
  writeU16(volume, 11, SECTOR);
  volume.set([1, 32, 0, 2], 13);
  volume[21] = 0xf8;
  writeU32(volume, 32, sectors);
  writeU32(volume, 36, tableSectors);
  writeU32(volume, 44, 2);
  writeU16(volume, 48, 1);
  writeU16(volume, 50, 6);
  volume.set([0x80, 0, 0x29], 64);
  writeU32(volume, 67, 0x1234abcd);
  volume.set(encodeLatin1('NO NAME    FAT32   '), 71);
  writeU16(volume, 510, 0xaa55);
  for (const table of [32, 32 + tableSectors])
    [0x0ffffff8, 0x0fffffff, 5, 0x0fffffff, 0x0fffffff, 0x0fffffff].forEach((value, index) => {
      writeU32(volume, table * SECTOR + index * 4, value);
    });
  const root = (32 + 2 * tableSectors) * SECTOR;
  for (let index = 0; index < 16; index += 1) volume.set(fatEntry(`FILE${index}`, 0x20), root + index * 32);
  volume.set(fatEntry(label, 0x08), root + (labelCluster === 0 ? 0 : 3 * SECTOR));
  return volume;
}

/** An exFAT volume of 1 MiB with clusters of one sector; only what is needed to find its label. */
export function smallExfat(label: string, sectors = 2048): Uint8Array {
  const volume = new Uint8Array(sectors * SECTOR);
  volume.set([0xeb, 0x76, 0x90]);
  volume.set(encodeLatin1('EXFAT   '), 3);
  writeU64(volume, 0x48, 2048n);
  writeU32(volume, 0x50, 24);
  writeU32(volume, 0x54, 1);
  writeU32(volume, 0x58, 32);
  writeU32(volume, 0x5c, 32);
  writeU32(volume, 0x60, 4);
  writeU32(volume, 0x64, 0xcafe1234);
  writeU16(volume, 0x68, 0x0100);
  volume.set([9, 0, 1, 0x80], 0x6c);
  writeU16(volume, 510, 0xaa55);
  [0xfffffff8, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff].forEach((value, index) => {
    writeU32(volume, 24 * SECTOR + index * 4, value);
  });
  const root = (32 + 2) * SECTOR;
  volume.set([0x81, 0], root);
  volume.set([0x83, label.length], root + 32);
  volume.set(encodeUtf16(label), root + 34);
  for (let sector = 1; sector <= 8; sector += 1) writeU32(volume, sector * SECTOR + 508, 0xaa550000);
  const checksum = bootChecksum(volume.subarray(0, 11 * SECTOR));
  for (let at = 0; at < SECTOR; at += 4) writeU32(volume, 11 * SECTOR + at, checksum);
  return volume;
}

/** Checksum of the boot region (exFAT specification, section 3.4); the bytes that change in use are left out. */
function bootChecksum(region: Uint8Array): number {
  let sum = 0;
  for (const [at, byte] of region.entries()) {
    if (at === 106 || at === 107 || at === 112) continue;
    sum = (((sum << 31) | (sum >>> 1)) + byte) >>> 0;
  }
  return sum;
}

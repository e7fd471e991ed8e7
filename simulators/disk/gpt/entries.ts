import { decodeUtf16, encodeUtf16, guidFromBytes, guidToBytes, readU64, untilNul, writeU64 } from '../bytes';
import { damaged, SECTOR_BYTES } from '../mbr';
import { type GptPartition, type GuidPartitionTable, NAME_UNITS } from './table';

const LARGEST = BigInt(Math.floor(Number.MAX_SAFE_INTEGER / SECTOR_BYTES));

/**
 * The used entries of an entry array. `offset` is where the array starts on the disk. Throws a DiskFormatError for a
 * partition that ends before it starts.
 */
export function parseEntries(
  array: Uint8Array,
  { entryCount, entryBytes }: Pick<GuidPartitionTable, 'entryCount' | 'entryBytes'>,
  offset: number,
): GptPartition[] {
  const partitions: GptPartition[] = [];
  for (let index = 0; index < entryCount; index += 1) {
    const entry = array.subarray(index * entryBytes, (index + 1) * entryBytes);
    if (isUsed(entry)) partitions.push(parseEntry(entry, index + 1, offset + index * entryBytes));
  }
  return partitions;
}

function isUsed(entry: Uint8Array): boolean {
  for (let at = 0; at < 16; at += 1) if (entry[at] !== 0) return true;
  return false;
}

function parseEntry(entry: Uint8Array, number: number, offset: number): GptPartition {
  const startSector = parseSector(entry, 32, offset);
  const last = parseSector(entry, 40, offset);
  if (last < startSector) {
    throw damaged(
      offset + 40,
      `partition ${number} ends at sector ${last}, before it starts at ${startSector}`,
      'The GPT is damaged; write it again, or restore it from a backup.',
    );
  }
  return {
    number,
    type: guidFromBytes(entry, 0),
    guid: guidFromBytes(entry, 16),
    startSector,
    sizeSectors: last - startSector + 1,
    name: untilNul(decodeUtf16(entry, 56, NAME_UNITS * 2)),
    attributes: readU64(entry, 48),
  };
}

/** The u64 sector number at `at`. `offset` is where `bytes` start on the disk. */
export function parseSector(bytes: Uint8Array, at: number, offset: number): number {
  const sector = readU64(bytes, at);
  if (sector <= LARGEST) return Number(sector);
  throw damaged(
    offset + at,
    `the GPT names the sector ${sector}, which no disk reaches`,
    'The GPT is damaged; write it again, or restore it from a backup.',
  );
}

/** The entry array of a table that was validated. */
export function encodeEntries({ entryCount, entryBytes, partitions }: GuidPartitionTable): Uint8Array {
  const array = new Uint8Array(entryCount * entryBytes);
  for (const { number, type, guid, startSector, sizeSectors, name, attributes } of partitions) {
    const entry = array.subarray((number - 1) * entryBytes, number * entryBytes);
    entry.set(guidToBytes(type), 0);
    entry.set(guidToBytes(guid), 16);
    writeU64(entry, 32, BigInt(startSector));
    writeU64(entry, 40, BigInt(startSector + sizeSectors - 1));
    writeU64(entry, 48, attributes);
    entry.set(encodeUtf16(name), 56);
  }
  return array;
}

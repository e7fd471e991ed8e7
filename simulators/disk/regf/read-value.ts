import { hasAscii, readU16, readU32 } from '../bytes';
import type { CellReader } from './cell-reader';
import { HiveFormatError } from './hive-format-error';
import type { NameReader } from './name-reader';
import { StoredValue } from './stored-value';

/** Bytes that one segment of a big value carries. */
export const BIG_DATA_SEGMENT = 16_344;
const NAME_IS_LATIN1 = 1;
const DATA_IS_RESIDENT = 0x80000000;

/** Reads the `vk` cell at `offset` with its data, which stays a view of the file where it lies in one piece. */
export function readValue(cells: CellReader, names: NameReader, offset: number): StoredValue {
  const { file } = cells;
  const cell = cells.own(offset, 'a value');
  const at = cells.take(cell, 0, 0x14, 'a value');
  if (!hasAscii(file, at, 'vk')) throw new HiveFormatError(at, 'a value does not start with "vk"');
  const nameLength = readU16(file, at + 2);
  const nameAt = cells.take(cell, 0x14, nameLength, 'a value name');
  const name = names.read(nameAt, nameLength, (readU16(file, at + 0x10) & NAME_IS_LATIN1) !== 0);
  const rawLength = readU32(file, at + 4);
  const length = rawLength & ~DATA_IS_RESIDENT;
  const type = readU32(file, at + 0xc);
  if (length === 0) return new StoredValue(name, type, file, at, 0);
  if (rawLength & DATA_IS_RESIDENT) {
    if (length > 4) {
      throw new HiveFormatError(at + 4, `a resident value claims ${length} bytes, more than 4`);
    }
    return new StoredValue(name, type, file, at + 8, length);
  }
  const data = cells.own(readU32(file, at + 8), "a value's data");
  if (length > BIG_DATA_SEGMENT && length > cells.endOf(data) - data && hasAscii(file, data, 'db')) {
    return new StoredValue(name, type, readBigData(cells, data, length), 0, length);
  }
  return new StoredValue(name, type, file, cells.take(data, 0, length, "a value's data"), length);
}

function readBigData(cells: CellReader, head: number, length: number): Uint8Array {
  const { file } = cells;
  const count = readU16(file, head + 2);
  // The smallest cell has four bytes of payload, less than the head of a big value.
  const list = cells.own(readU32(file, cells.take(head, 4, 4, 'a big value')), "a big value's segment list");
  const offsets = cells.take(list, 0, 4 * count, "a big value's segment list");
  if (count * BIG_DATA_SEGMENT < length) {
    throw new HiveFormatError(list, `${count} segments cannot hold a value of ${length} bytes`);
  }
  const starts: number[] = [];
  for (let index = 0; index * BIG_DATA_SEGMENT < length; index += 1) {
    const segment = cells.own(readU32(file, offsets + 4 * index), "a big value's segment");
    const size = Math.min(length - index * BIG_DATA_SEGMENT, BIG_DATA_SEGMENT);
    starts.push(cells.take(segment, 0, size, "a big value's segment"));
  }
  const data = new Uint8Array(length);
  starts.forEach((start, index) => {
    const from = index * BIG_DATA_SEGMENT;
    data.set(file.subarray(start, start + Math.min(length - from, BIG_DATA_SEGMENT)), from);
  });
  return data;
}

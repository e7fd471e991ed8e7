import { decodeLatin1, decodeUtf16, hasAscii, readU16, readU32 } from '../bytes';
import type { CellReader } from './cell-reader';
import { HiveFormatError } from './hive-format-error';
import type { HiveValue } from './hive-key';

/** Bytes that one segment of a big value carries. */
export const BIG_DATA_SEGMENT = 16_344;
const NAME_IS_LATIN1 = 1;
const DATA_IS_RESIDENT = 0x80000000;

/** Reads the `vk` cell at `offset` with its data. */
export function readValue(cells: CellReader, offset: number): HiveValue {
  const cell = cells.own(offset, 'a value');
  const head = cells.take(cell, 0, 0x14, 'a value');
  if (!hasAscii(head, 0, 'vk'))
    throw new HiveFormatError(cell.fileOffset, 'a value does not start with "vk"');
  const nameBytes = cells.take(cell, 0x14, readU16(head, 2), 'a value name');
  const name = readU16(head, 0x10) & NAME_IS_LATIN1 ? decodeLatin1(nameBytes) : decodeUtf16(nameBytes);
  const rawLength = readU32(head, 4);
  const length = rawLength & ~DATA_IS_RESIDENT;
  const type = readU32(head, 0xc);
  if (length === 0) return { name, type, data: new Uint8Array(0) };
  if (rawLength & DATA_IS_RESIDENT) {
    if (length > 4) {
      throw new HiveFormatError(cell.fileOffset + 4, `a resident value claims ${length} bytes, more than 4`);
    }
    return { name, type, data: head.slice(8, 8 + length) };
  }
  return { name, type, data: readData(cells, readU32(head, 8), length) };
}

function readData(cells: CellReader, offset: number, length: number): Uint8Array {
  const cell = cells.own(offset, "a value's data");
  if (length > cell.bytes.length && length > BIG_DATA_SEGMENT && hasAscii(cell.bytes, 0, 'db')) {
    const count = readU16(cell.bytes, 2);
    return readBigData(cells, readU32(cell.bytes, 4), count, length);
  }
  return cells.take(cell, 0, length, "a value's data").slice();
}

function readBigData(cells: CellReader, listOffset: number, count: number, length: number): Uint8Array {
  const list = cells.own(listOffset, "a big value's segment list");
  const offsets = cells.take(list, 0, 4 * count, "a big value's segment list");
  if (count * BIG_DATA_SEGMENT < length) {
    throw new HiveFormatError(list.fileOffset, `${count} segments cannot hold a value of ${length} bytes`);
  }
  const segments: Uint8Array[] = [];
  let left = length;
  for (let index = 0; left > 0; index += 1) {
    const segment = cells.own(readU32(offsets, 4 * index), "a big value's segment");
    const size = Math.min(left, BIG_DATA_SEGMENT);
    segments.push(cells.take(segment, 0, size, "a big value's segment"));
    left -= size;
  }
  const data = new Uint8Array(length);
  segments.forEach((segment, index) => {
    data.set(segment, index * BIG_DATA_SEGMENT);
  });
  return data;
}

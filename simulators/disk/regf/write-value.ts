import { encodeLatin1, encodeUtf16, writeU16, writeU32 } from '../bytes';
import { NO_CELL } from './cell-reader';
import type { CellWriter } from './cell-writer';
import type { HiveValue } from './hive-key';
import { BIG_DATA_SEGMENT } from './read-value';

/** Big values are split into segments from version 1.4 on. */
const FIRST_WITH_BIG_DATA = 4;

/** Writes a `vk` cell and its data; returns the cell's offset. */
export function writeValue(cells: CellWriter, value: HiveValue, minorVersion: number): number {
  const latin1 = /^[\0-\xff]*$/.test(value.name);
  const name = latin1 ? encodeLatin1(value.name) : encodeUtf16(value.name);
  const { data } = value;
  const resident = data.length <= 4;
  const dataOffset = resident ? NO_CELL : writeData(cells, data, minorVersion);
  const offset = cells.allocate(0x14 + name.length);
  const cell = cells.payload(offset);
  cell.set([0x76, 0x6b]); // vk
  writeU16(cell, 2, name.length);
  if (resident) {
    writeU32(cell, 4, (0x80000000 | data.length) >>> 0);
    cell.set(data, 8);
  } else {
    writeU32(cell, 4, data.length);
    writeU32(cell, 8, dataOffset);
  }
  writeU32(cell, 0xc, value.type);
  writeU16(cell, 0x10, latin1 ? 1 : 0);
  cell.set(name, 0x14);
  return offset;
}

function writeData(cells: CellWriter, data: Uint8Array, minorVersion: number): number {
  if (data.length <= BIG_DATA_SEGMENT || minorVersion < FIRST_WITH_BIG_DATA) return cells.put(data);
  const segments: number[] = [];
  for (let from = 0; from < data.length; from += BIG_DATA_SEGMENT) {
    // Four bytes more than the data, as Windows lays segments out: readers take whole cells of 16348 bytes.
    const segment = data.subarray(from, from + BIG_DATA_SEGMENT);
    const offset = cells.allocate(segment.length + 4);
    cells.payload(offset).set(segment);
    segments.push(offset);
  }
  const listOffset = cells.allocate(4 * segments.length);
  const list = cells.payload(listOffset);
  segments.forEach((segment, index) => {
    writeU32(list, 4 * index, segment);
  });
  const offset = cells.allocate(8);
  const cell = cells.payload(offset);
  cell.set([0x64, 0x62]); // db
  writeU16(cell, 2, segments.length);
  writeU32(cell, 4, listOffset);
  return offset;
}

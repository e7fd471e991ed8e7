import { NO_CELL } from './cell-reader';
import type { CellWriter } from './cell-writer';
import type { HiveValue } from './key-fields';
import { isLatin1 } from './name-order';
import { BIG_DATA_SEGMENT } from './read-value';

/** Big values are split into segments from version 1.4 on. */
const FIRST_WITH_BIG_DATA = 4;

/** Writes a `vk` cell and its data; returns the cell's offset. */
export function writeValue(cells: CellWriter, value: HiveValue, minorVersion: number): number {
  const { name, data } = value;
  const narrow = isLatin1(name);
  const nameLength = narrow ? name.length : 2 * name.length;
  const resident = data.length <= 4;
  const dataOffset = resident ? NO_CELL : writeData(cells, data, minorVersion);
  const cell = cells.allocate(0x14 + nameLength);
  cells.setText(cell, 0, 'vk', true);
  cells.setU16(cell, 2, nameLength);
  if (resident) {
    cells.setU32(cell, 4, 0x80000000 | data.length);
    cells.setBytes(cell, 8, data);
  } else {
    cells.setU32(cell, 4, data.length);
    cells.setU32(cell, 8, dataOffset);
  }
  cells.setU32(cell, 0xc, value.type);
  cells.setU16(cell, 0x10, narrow ? 1 : 0);
  cells.setText(cell, 0x14, name, narrow);
  return cell;
}

/** Writes a value's type and data into the cells that it has: its `vk` cell, and one for the data where it has one. */
export function rewriteValue(
  cells: CellWriter,
  { type, data }: HiveValue,
  [cell, dataCell]: readonly number[],
): void {
  if (cell === undefined) return;
  cells.setU32(cell, 0xc, type);
  cells.setU32(cell, 4, dataCell === undefined ? 0x80000000 | data.length : data.length);
  if (dataCell === undefined) cells.setU32(cell, 8, 0);
  cells.setBytes(dataCell ?? cell, dataCell === undefined ? 8 : 0, data);
}

function writeData(cells: CellWriter, data: Uint8Array, minorVersion: number): number {
  if (data.length <= BIG_DATA_SEGMENT || minorVersion < FIRST_WITH_BIG_DATA) return cells.put(data);
  const segments: number[] = [];
  for (let from = 0; from < data.length; from += BIG_DATA_SEGMENT) {
    // Four bytes more than the data, as Windows lays segments out: readers take whole cells of 16348 bytes.
    const segment = data.subarray(from, from + BIG_DATA_SEGMENT);
    const offset = cells.allocate(segment.length + 4);
    cells.setBytes(offset, 0, segment);
    segments.push(offset);
  }
  const list = cells.putOffsets(segments);
  const cell = cells.allocate(8);
  cells.setText(cell, 0, 'db', true);
  cells.setU16(cell, 2, segments.length);
  cells.setU32(cell, 4, list);
  return cell;
}

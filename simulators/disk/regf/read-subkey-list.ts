import { hasAscii, readU16, readU32 } from '../bytes';
import type { CellReader } from './cell-reader';
import type { Damages, KeyPlace } from './damages';
import { HiveFormatError } from './hive-format-error';

/** Offsets of the subkeys in a list: `lf`, `lh`, `li`, or an `ri` of those. */
export function readSubkeyList(
  cells: CellReader,
  offset: number,
  damages: Damages,
  key: KeyPlace,
): readonly number[] {
  const offsets: number[] = [];
  const read = () => readList(cells, offset, damages, key, offsets);
  damages.tolerate(key, 'subkey list', read);
  return offsets;
}

function readList(cells: CellReader, offset: number, damages: Damages, key: KeyPlace, into: number[]): void {
  const list = cells.own(offset, 'a subkey list');
  if (!hasAscii(cells.file, list, 'ri')) {
    readLeaf(cells, list, into);
    return;
  }
  for (const leaf of readEntries(cells, list, 4, [])) {
    damages.tolerate(key, 'subkey list', () => readLeaf(cells, cells.own(leaf, 'a subkey list'), into));
  }
}

function readLeaf(cells: CellReader, leaf: number, into: number[]): void {
  const { file } = cells;
  if (hasAscii(file, leaf, 'lf') || hasAscii(file, leaf, 'lh')) readEntries(cells, leaf, 8, into);
  else if (hasAscii(file, leaf, 'li')) readEntries(cells, leaf, 4, into);
  else throw new HiveFormatError(leaf, 'a subkey list is none of "lf", "lh", "li", "ri"');
}

function readEntries(cells: CellReader, list: number, entrySize: number, into: number[]): number[] {
  const length = entrySize * readU16(cells.file, list + 2);
  const start = cells.take(list, 4, length, 'a subkey list');
  for (let at = start; at < start + length; at += entrySize) into.push(readU32(cells.file, at));
  return into;
}

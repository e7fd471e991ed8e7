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
  const readLeaf = (leaf: number): void => {
    if (hasAscii(cells.file, leaf, 'lf') || hasAscii(cells.file, leaf, 'lh')) {
      readEntries(cells, leaf, 8, offsets);
    } else if (hasAscii(cells.file, leaf, 'li')) readEntries(cells, leaf, 4, offsets);
    else throw new HiveFormatError(leaf, 'a subkey list is none of "lf", "lh", "li", "ri"');
  };
  damages.tolerate(key, 'subkey list', () => {
    const list = cells.own(offset, 'a subkey list');
    if (!hasAscii(cells.file, list, 'ri')) return readLeaf(list);
    for (const leaf of readEntries(cells, list, 4, [])) {
      damages.tolerate(key, 'subkey list', () => readLeaf(cells.own(leaf, 'a subkey list')));
    }
  });
  return offsets;
}

function readEntries(cells: CellReader, list: number, entrySize: number, into: number[]): number[] {
  const length = entrySize * readU16(cells.file, list + 2);
  const start = cells.take(list, 4, length, 'a subkey list');
  for (let at = start; at < start + length; at += entrySize) into.push(readU32(cells.file, at));
  return into;
}

import { encodeBaseBlock } from '../base-block';
import { NO_CELL } from '../cell-reader';
import { CellWriter } from '../cell-writer';

/** A key node with what the lists below need; all else is none or zero. */
function putKey(cells: CellWriter, name: string, flags: number, parent: number): number {
  const cell = cells.allocate(0x4c + name.length);
  cells.setText(cell, 0, 'nk', true);
  cells.setU16(cell, 2, flags | 0x20);
  cells.setU32(cell, 0x10, parent);
  for (const field of [0x1c, 0x20, 0x28, 0x2c, 0x30]) cells.setU32(cell, field, NO_CELL);
  cells.setU16(cell, 0x48, name.length);
  cells.setText(cell, 0x4c, name, true);
  return cell;
}

function putList(cells: CellWriter, kind: 'li' | 'lf' | 'ri', offsets: readonly number[]): number {
  const entrySize = kind === 'lf' ? 8 : 4;
  const cell = cells.allocate(4 + entrySize * offsets.length);
  cells.setText(cell, 0, kind, true);
  cells.setU16(cell, 2, offsets.length);
  offsets.forEach((offset, index) => {
    cells.setU32(cell, 4 + entrySize * index, offset);
  });
  return cell;
}

/**
 * A hive with cells that our writer never writes: subkeys in an `ri` of `li` and `lf`, a plain `li`, and a key that
 * stands for a predefined handle. Keys: `Alpha`, `Beta\Below`, `Gamma` (the handle 0x80000050).
 */
export function hiveOfOldLists(): Uint8Array {
  const cells = new CellWriter(1n, 0);
  const root = putKey(cells, 'ROOT', 0x0c, NO_CELL);
  const [alpha, beta, gamma] = [
    putKey(cells, 'Alpha', 0, root),
    putKey(cells, 'Beta', 0x10, root),
    putKey(cells, 'Gamma', 0x40, root),
  ] as const;
  cells.setU32(gamma, 0x24, 0x80000050);
  cells.setU32(root, 0x14, 3);
  cells.setU32(
    root,
    0x1c,
    putList(cells, 'ri', [putList(cells, 'li', [alpha, beta]), putList(cells, 'lf', [gamma])]),
  );
  cells.setU32(beta, 0x14, 1);
  cells.setU32(beta, 0x1c, putList(cells, 'li', [putKey(cells, 'Below', 0, beta)]));
  const { file, binsSize } = cells.finish();
  file.set(
    encodeBaseBlock({
      primarySequence: 1,
      secondarySequence: 1,
      lastWritten: 1n,
      majorVersion: 1,
      minorVersion: 2,
      rootOffset: root,
      binsSize,
      fileName: '',
    }),
  );
  return file.slice();
}

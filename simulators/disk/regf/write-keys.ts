import { NO_CELL } from './cell-reader';
import type { CellWriter } from './cell-writer';
import type { HiveKey } from './hive-key';
import { hashUpcasedName, isLatin1, upcaseName } from './name-order';
import type { SecurityCells } from './security-cells';
import { writeValue } from './write-value';

const NAME_IS_LATIN1 = 0x20;
/** Entries of a leaf that stays within one bin of 4 KiB; longer lists become an `ri` of leaves. */
const LONGEST_LEAF = 500;
/** From version 1.5 on subkey lists carry name hashes (`lh`), before that name hints (`lf`). */
const FIRST_WITH_HASHES = 5;

export interface PlacedKey {
  readonly key: HiveKey;
  readonly offset: number;
}

/** Allocates the `nk` cell of a key and fills in what it knows of itself. */
export function placeKey(cells: CellWriter, key: HiveKey, parent: number): number {
  const { name, marks } = key;
  const narrow = isLatin1(name);
  const nameLength = narrow ? name.length : 2 * name.length;
  const cell = cells.allocate(0x4c + nameLength);
  cells.setText(cell, 0, 'nk', true);
  cells.setU32(cell, 0x10, parent);
  for (const field of [0x1c, 0x20, 0x28, 0x2c, 0x30]) cells.setU32(cell, field, NO_CELL);
  cells.setU16(cell, 0x48, nameLength);
  cells.setText(cell, 0x4c, name, narrow);
  writeKeyFields(cells, key, cell, narrow);
  if (marks?.predefinedHandle !== undefined) cells.setU32(cell, 0x24, marks.predefinedHandle);
  return cell;
}

/** What a key says of itself. `narrow` is how its name is stored. */
export function writeKeyFields(cells: CellWriter, key: HiveKey, cell: number, narrow: boolean): void {
  cells.setU16(cell, 2, key.flags | (narrow ? NAME_IS_LATIN1 : 0));
  cells.setU64(cell, 4, key.lastWritten);
  cells.setU32(cell, 0xc, key.marks?.accessBits ?? 0);
  cells.setU16(cell, 0x36, key.marks?.control ?? 0);
}

/** Writes all of a key that stands in its cell, and the keys below it. */
export function writeTree(
  cells: CellWriter,
  security: SecurityCells,
  root: PlacedKey,
  minorVersion: number,
): void {
  const open: PlacedKey[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { key, offset } = next;
    security.refer(key.securityDescriptor, offset);
    writeClassName(cells, key, offset);
    if (key.values().length > 0) writeValues(cells, key, offset, minorVersion);
    const children = key.subkeys().map((child) => ({ key: child, offset: placeKey(cells, child, offset) }));
    if (children.length > 0) writeSubkeys(cells, children, offset, minorVersion);
    for (let index = children.length - 1; index >= 0; index -= 1) open.push(children[index]!);
  }
}

export function writeClassName(cells: CellWriter, key: HiveKey, keyCell: number): void {
  const { className } = key;
  if (className === undefined) {
    cells.setU32(keyCell, 0x30, NO_CELL);
    cells.setU16(keyCell, 0x4a, 0);
    return;
  }
  const cell = cells.allocate(2 * className.length);
  cells.setText(cell, 0, className, false);
  cells.setU32(keyCell, 0x30, cell);
  cells.setU16(keyCell, 0x4a, 2 * className.length);
}

/** @param kept cells of values that stand there already, by their index */
export function writeValues(
  cells: CellWriter,
  key: HiveKey,
  keyCell: number,
  minorVersion: number,
  kept: readonly (number | undefined)[] = [],
): void {
  const values = key.values();
  const offsets = values.map((value, index) => kept[index] ?? writeValue(cells, value, minorVersion));
  const list = offsets.length === 0 ? NO_CELL : cells.putOffsets(offsets);
  cells.setU32(keyCell, 0x24, values.length);
  cells.setU32(keyCell, 0x28, list);
  writeLongestValues(cells, key, keyCell);
}

/** How long the names and the data of a key's values get. */
export function writeLongestValues(cells: CellWriter, key: HiveKey, keyCell: number): void {
  const values = key.values();
  cells.setU32(
    keyCell,
    0x3c,
    longest(values, (value) => 2 * value.name.length),
  );
  cells.setU32(
    keyCell,
    0x40,
    longest(values, (value) => value.data.length),
  );
}

export function writeSubkeys(
  cells: CellWriter,
  children: readonly PlacedKey[],
  keyCell: number,
  minorVersion: number,
): void {
  const leaves: number[] = [];
  for (let from = 0; from < children.length; from += LONGEST_LEAF) {
    leaves.push(writeLeaf(cells, children.slice(from, from + LONGEST_LEAF), minorVersion));
  }
  cells.setU32(keyCell, 0x14, children.length);
  cells.setU32(keyCell, 0x1c, leaves.length > 1 ? writeIndex(cells, leaves) : (leaves[0] ?? NO_CELL));
  cells.setU16(
    keyCell,
    0x34,
    longest(children, ({ key }) => 2 * key.name.length),
  );
  cells.setU32(
    keyCell,
    0x38,
    longest(children, ({ key }) => 2 * (key.className?.length ?? 0)),
  );
}

function writeLeaf(cells: CellWriter, children: readonly PlacedKey[], minorVersion: number): number {
  const hashed = minorVersion >= FIRST_WITH_HASHES;
  const cell = cells.allocate(4 + 8 * children.length);
  cells.setText(cell, 0, hashed ? 'lh' : 'lf', true);
  cells.setU16(cell, 2, children.length);
  children.forEach((child, index) => {
    const field = 4 + 8 * index;
    const { name } = child.key;
    cells.setU32(cell, field, child.offset);
    if (hashed) cells.setU32(cell, field + 4, hashUpcasedName(upcaseName(name)));
    // The first four characters of a Latin-1 name; zeros for others.
    else if (isLatin1(name.slice(0, 4))) cells.setText(cell, field + 4, name.slice(0, 4), true);
  });
  return cell;
}

function writeIndex(cells: CellWriter, leaves: readonly number[]): number {
  const cell = cells.allocate(4 + 4 * leaves.length);
  cells.setText(cell, 0, 'ri', true);
  cells.setU16(cell, 2, leaves.length);
  leaves.forEach((leaf, index) => {
    cells.setU32(cell, 4 + 4 * index, leaf);
  });
  return cell;
}

function longest<T>(items: readonly T[], length: (item: T) => number): number {
  return items.reduce((most, item) => Math.max(most, length(item)), 0);
}

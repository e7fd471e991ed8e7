import { toHex } from '../bytes';
import { encodeBaseBlock } from './base-block';
import { NO_CELL } from './cell-reader';
import { CellWriter } from './cell-writer';
import type { HiveKey } from './hive-key';
import { hashUpcasedName, isLatin1, upcaseName } from './name-order';
import { writeValue } from './write-value';

const NAME_IS_LATIN1 = 0x20;
/** Entries of a leaf that stays within one bin of 4 KiB; longer lists become an `ri` of leaves. */
const LONGEST_LEAF = 500;
/** From version 1.5 on subkey lists carry name hashes (`lh`), before that name hints (`lf`). */
const FIRST_WITH_HASHES = 5;

interface HiveToWrite {
  readonly root: HiveKey;
  readonly minorVersion: number;
  readonly sequence: number;
  readonly lastWritten: bigint;
  readonly fileName: string;
  /** The base block so far, whose other fields are kept. */
  readonly baseBlock: Uint8Array | undefined;
  /** Bytes that the file had so far, to reserve memory; 0 where not known. */
  readonly expectedSize: number;
}

interface PlacedKey {
  readonly key: HiveKey;
  readonly offset: number;
}

/** The bytes of a clean hive: both sequence numbers equal, every list sorted, no free space inside. */
export function writeHive(hive: HiveToWrite): Uint8Array {
  const cells = new CellWriter(hive.lastWritten, hive.expectedSize);
  const security = new SecurityCells();
  const root = { key: hive.root, offset: placeKey(cells, hive.root, NO_CELL) };
  const open: PlacedKey[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { key, offset } = next;
    security.refer(key.securityDescriptor, offset);
    writeClassName(cells, key, offset);
    writeValues(cells, key, offset, hive.minorVersion);
    const children = key.subkeys().map((child) => ({ key: child, offset: placeKey(cells, child, offset) }));
    writeSubkeys(cells, children, offset, hive.minorVersion);
    for (let index = children.length - 1; index >= 0; index -= 1) open.push(children[index]!);
  }
  security.write(cells);
  const { file, binsSize } = cells.finish();
  const baseBlock = encodeBaseBlock(
    {
      primarySequence: hive.sequence,
      secondarySequence: hive.sequence,
      lastWritten: hive.lastWritten,
      majorVersion: 1,
      minorVersion: hive.minorVersion,
      rootOffset: root.offset,
      binsSize,
      fileName: hive.fileName,
    },
    hive.baseBlock,
  );
  file.set(baseBlock);
  return file;
}

/** Allocates the `nk` cell of a key and fills in what it knows of itself. */
function placeKey(cells: CellWriter, key: HiveKey, parent: number): number {
  const { name, marks } = key;
  const narrow = isLatin1(name);
  const nameLength = narrow ? name.length : 2 * name.length;
  const cell = cells.allocate(0x4c + nameLength);
  cells.setText(cell, 0, 'nk', true);
  cells.setU16(cell, 2, key.flags | (narrow ? NAME_IS_LATIN1 : 0));
  cells.setU64(cell, 4, key.lastWritten);
  cells.setU32(cell, 0x10, parent);
  for (const field of [0x1c, 0x20, 0x28, 0x2c, 0x30]) cells.setU32(cell, field, NO_CELL);
  cells.setU16(cell, 0x48, nameLength);
  cells.setText(cell, 0x4c, name, narrow);
  if (marks !== undefined) {
    cells.setU32(cell, 0xc, marks.accessBits);
    cells.setU16(cell, 0x36, marks.control);
    cells.setU32(cell, 0x24, marks.predefinedHandle ?? 0);
  }
  return cell;
}

function writeClassName(cells: CellWriter, key: HiveKey, keyCell: number): void {
  const { className } = key;
  if (className === undefined) return;
  const cell = cells.allocate(2 * className.length);
  cells.setText(cell, 0, className, false);
  cells.setU32(keyCell, 0x30, cell);
  cells.setU16(keyCell, 0x4a, 2 * className.length);
}

function writeValues(cells: CellWriter, key: HiveKey, keyCell: number, minorVersion: number): void {
  const values = key.values();
  if (values.length === 0) return;
  const list = cells.putOffsets(values.map((value) => writeValue(cells, value, minorVersion)));
  cells.setU32(keyCell, 0x24, values.length);
  cells.setU32(keyCell, 0x28, list);
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

function writeSubkeys(
  cells: CellWriter,
  children: readonly PlacedKey[],
  keyCell: number,
  minorVersion: number,
): void {
  if (children.length === 0) return;
  const leaves: number[] = [];
  for (let from = 0; from < children.length; from += LONGEST_LEAF) {
    leaves.push(writeLeaf(cells, children.slice(from, from + LONGEST_LEAF), minorVersion));
  }
  cells.setU32(keyCell, 0x14, children.length);
  cells.setU32(keyCell, 0x1c, leaves.length === 1 ? leaves[0]! : writeIndex(cells, leaves));
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

/** Security descriptors, each stored once, in the ring of `sk` cells that Windows keeps. */
class SecurityCells {
  private readonly users = new Map<string, { descriptor: Uint8Array; keys: number[] }>();
  private readonly names = new Map<Uint8Array, string>();

  refer(descriptor: Uint8Array, keyCell: number): void {
    const name = this.names.get(descriptor) ?? toHex(descriptor);
    this.names.set(descriptor, name);
    const entry = this.users.get(name);
    if (entry === undefined) this.users.set(name, { descriptor, keys: [keyCell] });
    else entry.keys.push(keyCell);
  }

  write(cells: CellWriter): void {
    const entries = [...this.users.values()];
    const offsets = entries.map(({ descriptor }) => cells.allocate(0x14 + descriptor.length));
    entries.forEach(({ descriptor, keys }, index) => {
      const cell = offsets[index]!;
      cells.setText(cell, 0, 'sk', true);
      cells.setU32(cell, 4, offsets[(index + 1) % offsets.length]!);
      cells.setU32(cell, 8, offsets[(index + offsets.length - 1) % offsets.length]!);
      cells.setU32(cell, 0xc, keys.length);
      cells.setU32(cell, 0x10, descriptor.length);
      cells.setBytes(cell, 0x14, descriptor);
      for (const key of keys) cells.setU32(key, 0x2c, cell);
    });
  }
}

function longest<T>(items: readonly T[], length: (item: T) => number): number {
  return items.reduce((most, item) => Math.max(most, length(item)), 0);
}

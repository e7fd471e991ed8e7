import { encodeLatin1, encodeUtf16, toHex, writeU16, writeU32, writeU64 } from '../bytes';
import { encodeBaseBlock } from './base-block';
import { NO_CELL } from './cell-reader';
import { CellWriter } from './cell-writer';
import type { HiveKey } from './hive-key';
import { hashUpcasedName, upcaseName } from './name-order';
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
}

interface PlacedKey {
  readonly key: HiveKey;
  readonly offset: number;
}

/** The bytes of a clean hive: both sequence numbers equal, every list sorted, no free space inside. */
export function writeHive(hive: HiveToWrite): Uint8Array {
  const cells = new CellWriter(hive.lastWritten);
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
    open.push(...children.reverse());
  }
  security.write(cells);
  const { file, binsSize } = cells.finish();
  file.set(
    encodeBaseBlock({
      primarySequence: hive.sequence,
      secondarySequence: hive.sequence,
      lastWritten: hive.lastWritten,
      majorVersion: 1,
      minorVersion: hive.minorVersion,
      rootOffset: root.offset,
      binsSize,
      fileName: hive.fileName,
    }),
  );
  return file;
}

/** Allocates the `nk` cell of a key and fills in what it knows of itself. */
function placeKey(cells: CellWriter, key: HiveKey, parent: number): number {
  const latin1 = /^[\0-\xff]*$/.test(key.name);
  const name = latin1 ? encodeLatin1(key.name) : encodeUtf16(key.name);
  const offset = cells.allocate(0x4c + name.length);
  const cell = cells.payload(offset);
  cell.set([0x6e, 0x6b]); // nk
  writeU16(cell, 2, key.flags | (latin1 ? NAME_IS_LATIN1 : 0));
  writeU64(cell, 4, key.lastWritten);
  writeU32(cell, 0x10, parent);
  for (const field of [0x1c, 0x20, 0x28, 0x2c, 0x30]) writeU32(cell, field, NO_CELL);
  writeU16(cell, 0x48, name.length);
  cell.set(name, 0x4c);
  return offset;
}

function writeClassName(cells: CellWriter, key: HiveKey, keyOffset: number): void {
  if (key.className === undefined) return;
  const bytes = encodeUtf16(key.className);
  const offset = cells.put(bytes);
  const cell = cells.payload(keyOffset);
  writeU32(cell, 0x30, offset);
  writeU16(cell, 0x4a, bytes.length);
}

function writeValues(cells: CellWriter, key: HiveKey, keyOffset: number, minorVersion: number): void {
  const values = key.values();
  if (values.length === 0) return;
  const offsets = values.map((value) => writeValue(cells, value, minorVersion));
  const listOffset = cells.allocate(4 * offsets.length);
  const list = cells.payload(listOffset);
  offsets.forEach((offset, index) => {
    writeU32(list, 4 * index, offset);
  });
  const cell = cells.payload(keyOffset);
  writeU32(cell, 0x24, values.length);
  writeU32(cell, 0x28, listOffset);
  writeU32(cell, 0x3c, longest(values.map((value) => 2 * value.name.length)));
  writeU32(cell, 0x40, longest(values.map((value) => value.data.length)));
}

function writeSubkeys(
  cells: CellWriter,
  children: readonly PlacedKey[],
  keyOffset: number,
  minorVersion: number,
): void {
  if (children.length === 0) return;
  const leaves: number[] = [];
  for (let from = 0; from < children.length; from += LONGEST_LEAF) {
    leaves.push(writeLeaf(cells, children.slice(from, from + LONGEST_LEAF), minorVersion));
  }
  const listOffset = leaves.length === 1 ? leaves[0]! : writeIndex(cells, leaves);
  const cell = cells.payload(keyOffset);
  writeU32(cell, 0x14, children.length);
  writeU32(cell, 0x1c, listOffset);
  writeU16(cell, 0x34, longest(children.map(({ key }) => 2 * key.name.length)));
  writeU32(cell, 0x38, longest(children.map(({ key }) => 2 * (key.className?.length ?? 0))));
}

function writeLeaf(cells: CellWriter, children: readonly PlacedKey[], minorVersion: number): number {
  const hashed = minorVersion >= FIRST_WITH_HASHES;
  const offset = cells.allocate(4 + 8 * children.length);
  const cell = cells.payload(offset);
  cell.set(hashed ? [0x6c, 0x68] : [0x6c, 0x66]); // lh, lf
  writeU16(cell, 2, children.length);
  children.forEach((child, index) => {
    const at = 4 + 8 * index;
    writeU32(cell, at, child.offset);
    if (hashed) writeU32(cell, at + 4, hashUpcasedName(upcaseName(child.key.name)));
    else cell.set(nameHint(child.key.name), at + 4);
  });
  return offset;
}

/** The first four characters of a Latin-1 name; zeros for others. */
function nameHint(name: string): Uint8Array {
  const start = name.slice(0, 4);
  return /^[\0-\xff]*$/.test(start) ? encodeLatin1(start) : new Uint8Array(4);
}

function writeIndex(cells: CellWriter, leaves: readonly number[]): number {
  const offset = cells.allocate(4 + 4 * leaves.length);
  const cell = cells.payload(offset);
  cell.set([0x72, 0x69]); // ri
  writeU16(cell, 2, leaves.length);
  leaves.forEach((leaf, index) => {
    writeU32(cell, 4 + 4 * index, leaf);
  });
  return offset;
}

/** Security descriptors, each stored once, in the ring of `sk` cells that Windows keeps. */
class SecurityCells {
  private readonly users = new Map<string, { descriptor: Uint8Array; keys: number[] }>();
  private readonly names = new Map<Uint8Array, string>();

  refer(descriptor: Uint8Array, keyOffset: number): void {
    const name = this.names.get(descriptor) ?? toHex(descriptor);
    this.names.set(descriptor, name);
    const entry = this.users.get(name);
    if (entry === undefined) this.users.set(name, { descriptor, keys: [keyOffset] });
    else entry.keys.push(keyOffset);
  }

  write(cells: CellWriter): void {
    const entries = [...this.users.values()];
    const offsets = entries.map(({ descriptor }) => cells.allocate(0x14 + descriptor.length));
    entries.forEach(({ descriptor, keys }, index) => {
      const offset = offsets[index]!;
      const cell = cells.payload(offset);
      cell.set([0x73, 0x6b]); // sk
      writeU32(cell, 4, offsets[(index + 1) % offsets.length]!);
      writeU32(cell, 8, offsets[(index + offsets.length - 1) % offsets.length]!);
      writeU32(cell, 0xc, keys.length);
      writeU32(cell, 0x10, descriptor.length);
      cell.set(descriptor, 0x14);
      for (const key of keys) writeU32(cells.payload(key), 0x2c, offset);
    });
  }
}

function longest(lengths: readonly number[]): number {
  return lengths.reduce((most, length) => Math.max(most, length), 0);
}

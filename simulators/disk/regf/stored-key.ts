import { decodeUtf16, hasAscii, readU16, readU32, readU64 } from '../bytes';
import { type CellReader, NO_CELL } from './cell-reader';
import { STRICT } from './damages';
import { HiveFormatError } from './hive-format-error';
import type { KeyMarks } from './key-fields';
import { upcaseName } from './name-order';
import type { NameReader } from './name-reader';
import { readSubkeyList } from './read-subkey-list';
import { readValue } from './read-value';
import type { StoredValue } from './stored-value';

const NAME_IS_LATIN1 = 0x20;
const STANDS_FOR_HANDLE = 0x40;
/** Deepest nesting that Windows allows. */
const DEEPEST = 512;

/** The cells of a hive file, and how names in them are read. */
export interface HiveCells {
  readonly cells: CellReader;
  readonly names: NameReader;
}

/**
 * A key as it lies in a hive file. What is asked for is read then, once; what contradicts itself throws a HiveFormatError
 * at that time. A listing, or a search for one key, leaves the rest of the file alone.
 */
export class StoredKey {
  readonly name: string;
  /** Where the `nk` record starts in the file. */
  private readonly at: number;
  private keys: readonly StoredKey[] | undefined;
  private valueList: readonly StoredValue[] | undefined;

  /** The key of the cell at `offset`. The root has depth 0. */
  constructor(
    private readonly hive: HiveCells,
    offset: number,
    readonly parent: StoredKey | undefined,
    readonly depth: number,
  ) {
    const { cells, names } = hive;
    const { file } = cells;
    const cell = cells.own(offset, 'a key');
    const at = cells.take(cell, 0, 0x4c, 'a key');
    if (!hasAscii(file, at, 'nk')) throw new HiveFormatError(at, 'a key does not start with "nk"');
    if (depth > DEEPEST) throw new HiveFormatError(at, `keys are nested more than ${DEEPEST} deep`);
    const nameLength = readU16(file, at + 0x48);
    const nameAt = cells.take(cell, 0x4c, nameLength, 'a key name');
    this.name = names.read(nameAt, nameLength, (readU16(file, at + 2) & NAME_IS_LATIN1) !== 0);
    this.at = at;
  }

  /** Backslash path below the root; empty for the root. */
  get path(): string {
    const above = this.parent?.path ?? '';
    return this.parent === undefined ? '' : above === '' ? this.name : `${above}\\${this.name}`;
  }

  /** Key node flags without the "name is Latin-1" bit. */
  get flags(): number {
    return readU16(this.hive.cells.file, this.at + 2) & ~NAME_IS_LATIN1;
  }

  /** FILETIME */
  get lastWritten(): bigint {
    return readU64(this.hive.cells.file, this.at + 4);
  }

  get className(): string | undefined {
    const { cells } = this.hive;
    const offset = readU32(cells.file, this.at + 0x30);
    const length = readU16(cells.file, this.at + 0x4a);
    if (offset === NO_CELL || length === 0) return undefined;
    const cell = cells.own(offset, 'a class name');
    return decodeUtf16(cells.file, cells.take(cell, 0, length, 'a class name'), length);
  }

  /** Offset of the `sk` cell. */
  get descriptorOffset(): number {
    return readU32(this.hive.cells.file, this.at + 0x2c);
  }

  get marks(): KeyMarks | undefined {
    const { file } = this.hive.cells;
    const { at, flags } = this;
    const accessBits = readU32(file, at + 0xc);
    const control = readU16(file, at + 0x36);
    if (flags & STANDS_FOR_HANDLE) return { accessBits, control, predefinedHandle: readU32(file, at + 0x24) };
    return accessBits === 0 && control === 0 ? undefined : { accessBits, control };
  }

  /** Offset of the list of subkeys; NO_CELL where there are none. */
  get subkeyList(): number {
    const { file } = this.hive.cells;
    return readU32(file, this.at + 0x14) === 0 ? NO_CELL : readU32(file, this.at + 0x1c);
  }

  /** Offsets of the values' cells, in stored order. */
  valueOffsets(): readonly number[] {
    const { cells } = this.hive;
    const { file } = cells;
    const count = this.flags & STANDS_FOR_HANDLE ? 0 : readU32(file, this.at + 0x24);
    if (count === 0) return [];
    const list = cells.own(readU32(file, this.at + 0x28), 'a value list');
    const start = cells.take(list, 0, 4 * count, 'a value list');
    const offsets: number[] = [];
    for (let index = 0; index < count; index += 1) offsets[index] = readU32(file, start + 4 * index);
    return offsets;
  }

  /** Values in stored order. */
  values(): readonly StoredValue[] {
    if (this.valueList !== undefined) return this.valueList;
    const offsets = this.valueOffsets();
    const values: StoredValue[] = [];
    for (let index = 0; index < offsets.length; index += 1) {
      values[index] = readValue(this.hive.cells, this.hive.names, offsets[index]!);
    }
    this.valueList = values;
    return values;
  }

  /** The data of a value, whatever its type; names are found without regard to case. */
  getBinary(name: string): Uint8Array | undefined {
    for (const value of this.values()) if (isName(value.name, name)) return value.data;
    return undefined;
  }

  /** Subkeys in the order of the file's list. */
  subkeys(): readonly StoredKey[] {
    if (this.keys !== undefined) return this.keys;
    const keys: StoredKey[] = [];
    this.visitSubkeys((key) => keys.push(key));
    this.keys = keys;
    return keys;
  }

  /** Shows each subkey in the order of the file's list, and keeps none. */
  visitSubkeys(visit: (key: StoredKey) => void): void {
    const { hive, subkeyList } = this;
    if (subkeyList === NO_CELL) return;
    const offsets = readSubkeyList(hive.cells, subkeyList, STRICT, this);
    const depth = this.depth + 1;
    for (let index = 0; index < offsets.length; index += 1) {
      visit(new StoredKey(hive, offsets[index]!, this, depth));
    }
  }

  /** The key at a path relative to this one, without regard to case. */
  key(path: string): StoredKey | undefined {
    let key: StoredKey | undefined = this;
    for (const name of path.split('\\')) key = key?.subkeys().find((child) => isName(child.name, name));
    return key;
  }
}

function isName(stored: string, wanted: string): boolean {
  if (stored === wanted) return true;
  return stored.length === wanted.length && upcaseName(stored) === upcaseName(wanted);
}

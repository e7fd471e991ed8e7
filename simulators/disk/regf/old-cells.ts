import { decodeUtf16, hasAscii, readU16, readU32 } from '../bytes';
import { BASE_BLOCK_SIZE } from './base-block';
import { CellReader, NO_CELL } from './cell-reader';
import { Damages, ROOT } from './damages';
import { HiveFormatError } from './hive-format-error';
import type { HiveValue } from './key-fields';
import { NameReader } from './name-reader';
import { readSubkeyList } from './read-subkey-list';
import { readValue } from './read-value';

const NAME_IS_LATIN1 = 0x20;
const STANDS_FOR_HANDLE = 0x40;

/** A part of a hive with the cells that it is made of. */
export interface OldPart<T> {
  readonly value: T;
  readonly cells: readonly number[];
}

/** A key node, as far as the rest of the key is found from it. */
export interface OldKey {
  /** Offset of its cell. */
  readonly cell: number;
  /** Where its fields start in the file. */
  readonly at: number;
  readonly name: string;
  /** How the name is stored. */
  readonly narrow: boolean;
}

/** Reads a hive part by part, and tells which cells each took. Throws a HiveFormatError for what is damaged. */
export class OldCells extends CellReader {
  private readonly names: NameReader;
  private readonly strict = new Damages(undefined);
  private owned: number[] = [];

  constructor(file: Uint8Array, binsSize: number) {
    super(file, BASE_BLOCK_SIZE + binsSize);
    this.names = new NameReader(file);
  }

  override own(offset: number, what: string): number {
    this.owned.push(offset);
    return super.own(offset, what);
  }

  key(cell: number): OldKey {
    const at = this.take(this.own(cell, 'a key'), 0, 0x4c, 'a key');
    if (!hasAscii(this.file, at, 'nk')) throw new HiveFormatError(at, 'a key does not start with "nk"');
    const narrow = (readU16(this.file, at + 2) & NAME_IS_LATIN1) !== 0;
    const length = readU16(this.file, at + 0x48);
    const start = this.take(at, 0x4c, length, 'a key name');
    return { cell, at, name: this.names.read(start, length, narrow), narrow };
  }

  className({ at }: OldKey): OldPart<string | undefined> {
    const [offset, length] = [readU32(this.file, at + 0x30), readU16(this.file, at + 0x4a)];
    if (offset === NO_CELL || length === 0) return { value: undefined, cells: [] };
    return this.part(() => {
      const start = this.take(this.own(offset, 'a class name'), 0, length, 'a class name');
      return decodeUtf16(this.file, start, length);
    });
  }

  /** Cells of the values, in the order of the list, and those of the list itself. */
  valueList({ at }: OldKey): OldPart<readonly number[]> {
    const handle = (readU16(this.file, at + 2) & STANDS_FOR_HANDLE) !== 0;
    const count = handle ? 0 : readU32(this.file, at + 0x24);
    if (count === 0) return { value: [], cells: [] };
    return this.part(() => {
      const list = this.own(readU32(this.file, at + 0x28), 'a value list');
      const start = this.take(list, 0, 4 * count, 'a value list');
      return Array.from({ length: count }, (_none, index) => readU32(this.file, start + 4 * index));
    });
  }

  value(cell: number): OldPart<HiveValue> {
    return this.part(() => readValue(this, this.names, cell));
  }

  /** Cells of the subkeys, in the order of the list, and those of the list itself. */
  subkeyList({ at }: OldKey): OldPart<readonly number[]> {
    const offset = readU32(this.file, at + 0x1c);
    if (readU32(this.file, at + 0x14) === 0 || offset === NO_CELL) return { value: [], cells: [] };
    return this.part(() => readSubkeyList(this, offset, this.strict, ROOT));
  }

  private part<T>(read: () => T): OldPart<T> {
    const cells: number[] = [];
    this.owned = cells;
    const value = read();
    // What is read by itself belongs to no part.
    this.owned = [];
    return { value, cells };
  }
}

/** Throws a HiveFormatError for two of one name. */
export function mapByName<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  { at }: OldKey,
): Map<string, T> {
  const map = new Map(items.map((item) => [nameOf(item), item]));
  if (map.size < items.length) throw new HiveFormatError(at, 'a key holds two things of one name');
  return map;
}

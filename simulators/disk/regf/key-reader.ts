import { decodeUtf16, hasAscii, readU16, readU32, readU64 } from '../bytes';
import { type CellReader, NO_CELL } from './cell-reader';
import type { Damages } from './damages';
import { HiveFormatError } from './hive-format-error';
import { HiveKey } from './hive-key';
import type { HiveClock, HiveValue, KeyMarks } from './key-fields';
import { NameReader } from './name-reader';
import { readSubkeyList } from './read-subkey-list';
import { readValue } from './read-value';
import { defaultSecurityDescriptor } from './security-descriptor';

const NAME_IS_LATIN1 = 0x20;
const STANDS_FOR_HANDLE = 0x40;
/** Deepest nesting that Windows allows. */
const DEEPEST = 512;

interface ReadKey {
  readonly key: HiveKey;
  readonly subkeyList: number;
  readonly depth: number;
}

/** A key that was not read yet. */
interface FoundKey {
  readonly offset: number;
  readonly parent: HiveKey | undefined;
  readonly depth: number;
}

/** Reads keys with their values out of a hive's cells. */
export class KeyReader {
  private readonly descriptors = new Map<number, Uint8Array>();
  private readonly names: NameReader;

  constructor(
    private readonly cells: CellReader,
    private readonly clock: HiveClock | undefined,
    private readonly damages: Damages,
  ) {
    this.names = new NameReader(cells.file);
  }

  /** The key at `offset` with everything below it. */
  readTree(offset: number): HiveKey {
    const root = this.read(offset, undefined, 0);
    const open: ReadKey[] = [root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { key, subkeyList, depth } = next;
      if (subkeyList === NO_CELL) continue;
      const children: HiveKey[] = [];
      for (const at of readSubkeyList(this.cells, subkeyList, this.damages, key)) {
        const child = this.damages.tolerate(key, 'subkey', () => this.read(at, key, depth + 1));
        if (child === undefined) continue;
        children.push(child.key);
        open.push(child);
      }
      if (children.length > 0) key.adoptSubkeys(children.slice());
    }
    return root.key;
  }

  /** The key at `offset` and all below it, each before its subkeys, in the order of the file's lists. Keeps none. */
  visitTree(offset: number, visit: (key: HiveKey, depth: number) => void): void {
    const open: FoundKey[] = [{ offset, parent: undefined, depth: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { offset, parent, depth } = next;
      const { key, subkeyList } = this.read(offset, parent, depth);
      visit(key, depth);
      if (subkeyList === NO_CELL) continue;
      const offsets = readSubkeyList(this.cells, subkeyList, this.damages, key);
      for (let index = offsets.length - 1; index >= 0; index -= 1) {
        open.push({ offset: offsets[index]!, parent: key, depth: depth + 1 });
      }
    }
  }

  /** Reads the `nk` cell at `offset` with its values, but not its subkeys. */
  private read(offset: number, parent: HiveKey | undefined, depth: number): ReadKey {
    const { cells, damages } = this;
    const { file } = cells;
    const cell = cells.own(offset, 'a key');
    const at = cells.take(cell, 0, 0x4c, 'a key');
    if (!hasAscii(file, at, 'nk')) throw new HiveFormatError(at, 'a key does not start with "nk"');
    if (depth > DEEPEST) throw new HiveFormatError(at, `keys are nested more than ${DEEPEST} deep`);
    const flags = readU16(file, at + 2);
    const nameLength = readU16(file, at + 0x48);
    const nameAt = cells.take(cell, 0x4c, nameLength, 'a key name');
    const name = this.names.read(nameAt, nameLength, (flags & NAME_IS_LATIN1) !== 0);
    const here = { name, parent };
    const key = new HiveKey(
      {
        name,
        className: damages.tolerate(here, 'class name', () =>
          this.className(readU32(file, at + 0x30), readU16(file, at + 0x4a)),
        ),
        lastWritten: readU64(file, at + 4),
        flags: flags & ~NAME_IS_LATIN1,
        securityDescriptor:
          damages.tolerate(here, 'security descriptor', () => this.descriptor(readU32(file, at + 0x2c))) ??
          parent?.securityDescriptor ??
          defaultSecurityDescriptor(),
        marks: this.marks(at, flags),
      },
      parent,
      this.clock,
    );
    const valueCount = flags & STANDS_FOR_HANDLE ? 0 : readU32(file, at + 0x24);
    if (valueCount > 0) {
      damages.tolerate(key, 'value list', () => this.readValues(key, readU32(file, at + 0x28), valueCount));
    }
    return { key, subkeyList: readU32(file, at + 0x14) === 0 ? NO_CELL : readU32(file, at + 0x1c), depth };
  }

  private readValues(key: HiveKey, listOffset: number, count: number): void {
    const { cells, damages } = this;
    const list = cells.own(listOffset, 'a value list');
    const offsets = cells.take(list, 0, 4 * count, 'a value list');
    const values: HiveValue[] = [];
    for (let index = 0; index < count; index += 1) {
      const offset = readU32(cells.file, offsets + 4 * index);
      const value = damages.tolerate(key, 'value', () => readValue(cells, this.names, offset));
      if (value !== undefined) values.push(value);
    }
    // Copies of lists have no room to grow, which all these short lists would waste.
    key.adoptValues(values.slice());
  }

  private marks(at: number, flags: number): KeyMarks | undefined {
    const { file } = this.cells;
    const accessBits = readU32(file, at + 0xc);
    const control = readU16(file, at + 0x36);
    if (flags & STANDS_FOR_HANDLE) return { accessBits, control, predefinedHandle: readU32(file, at + 0x24) };
    return accessBits === 0 && control === 0 ? undefined : { accessBits, control };
  }

  private className(offset: number, length: number): string | undefined {
    if (offset === NO_CELL || length === 0) return undefined;
    const cell = this.cells.own(offset, 'a class name');
    return decodeUtf16(this.cells.file, this.cells.take(cell, 0, length, 'a class name'), length);
  }

  /** Undefined where the key has none. */
  private descriptor(offset: number): Uint8Array | undefined {
    if (offset === NO_CELL) return undefined;
    const known = this.descriptors.get(offset);
    if (known !== undefined) return known;
    const { cells } = this;
    const what = 'a security descriptor';
    const cell = cells.shared(offset, what);
    const at = cells.take(cell, 0, 0x14, what);
    if (!hasAscii(cells.file, at, 'sk')) {
      throw new HiveFormatError(at, 'a security descriptor does not start with "sk"');
    }
    const length = readU32(cells.file, at + 0x10);
    const start = cells.take(cell, 0x14, length, what);
    const descriptor = cells.file.subarray(start, start + length);
    this.descriptors.set(offset, descriptor);
    return descriptor;
  }
}

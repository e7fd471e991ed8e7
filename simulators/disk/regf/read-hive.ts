import { decodeLatin1, decodeUtf16, hasAscii, readU16, readU32, readU64 } from '../bytes';
import { BASE_BLOCK_SIZE, type BaseBlock } from './base-block';
import { CellReader, NO_CELL } from './cell-reader';
import { Damages, type HiveDamage, ROOT } from './damages';
import { findBaseBlock } from './find-base-block';
import { Hive } from './hive';
import { HiveFormatError } from './hive-format-error';
import { HiveKey } from './hive-key';
import type { HiveClock, KeyMarks } from './key-fields';
import { readSubkeyList } from './read-subkey-list';
import { readValue } from './read-value';
import { recoverHive } from './recover-hive';
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

export interface ParseHiveOptions {
  /** Stamps later changes. */
  readonly clock?: HiveClock;
  /** Transaction logs from beside the file (`.LOG`, `.LOG1`, `.LOG2`) in any order, to recover a dirty hive. */
  readonly logs?: readonly Uint8Array[];
  /**
   * Reads as far as possible: called for each part that cannot be read and is left out. Without it the first such
   * part ends the reading with a HiveFormatError. A root key must be there in any case.
   */
  readonly onDamage?: (damage: HiveDamage) => void;
}

/**
 * Reads a whole registry hive file. A wrong checksum, a wrong size field and a dirty state without usable logs are
 * tolerated and told by the hive's properties. Anything that contradicts itself throws a HiveFormatError with the
 * offset in the (recovered) file, or goes to `onDamage`. Time and memory are bounded by the file's size.
 */
export function parseHive(bytes: Uint8Array, options: ParseHiveOptions = {}): Hive {
  const recovery = recoverHive(bytes, options.logs ?? []);
  // A copy, so that values can stay views of it.
  const file = recovery.bytes === bytes ? bytes.slice() : recovery.bytes;
  const damages = new Damages(options.onDamage);
  const base = findBaseBlock(file, damages);
  const claimedEnd = BASE_BLOCK_SIZE + base.binsSize;
  const cells = new CellReader(file, base.binsSize > 0 ? Math.min(claimedEnd, file.length) : file.length);
  damages.tolerate(ROOT, 'bin', () => cells.checkFirstBin());
  const reader = new KeyReader(cells, options.clock, damages);
  const root = reader.readTree(base.rootOffset);
  return new Hive(root, propertiesOf(base, recovery.state), {
    baseBlock: file.subarray(0, BASE_BLOCK_SIZE),
    fileSize: file.length,
  });
}

function propertiesOf(base: BaseBlock, state: Hive['properties']['state']): Hive['properties'] {
  return {
    fileName: base.fileName,
    minorVersion: base.minorVersion,
    sequence: Math.max(base.primarySequence, base.secondarySequence),
    lastWritten: base.lastWritten,
    state,
    checksumValid: base.checksumValid,
  };
}

class KeyReader {
  private readonly descriptors = new Map<number, Uint8Array>();

  constructor(
    private readonly cells: CellReader,
    private readonly clock: HiveClock | undefined,
    private readonly damages: Damages,
  ) {}

  /** The key at `offset` with everything below it. */
  readTree(offset: number): HiveKey {
    const root = this.read(offset, undefined, 0);
    const open: ReadKey[] = [root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { key, subkeyList, depth } = next;
      if (subkeyList === NO_CELL) continue;
      for (const at of readSubkeyList(this.cells, subkeyList, this.damages, key)) {
        const child = this.damages.tolerate(key, 'subkey', () => this.read(at, key, depth + 1));
        if (child === undefined) continue;
        key.adoptSubkey(child.key);
        open.push(child);
      }
    }
    return root.key;
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
    const name = (flags & NAME_IS_LATIN1 ? decodeLatin1 : decodeUtf16)(file, nameAt, nameLength);
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
    for (let index = 0; index < count; index += 1) {
      const offset = readU32(cells.file, offsets + 4 * index);
      const value = damages.tolerate(key, 'value', () => readValue(cells, offset));
      if (value !== undefined) key.adoptValue(value);
    }
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

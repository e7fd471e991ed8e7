import { decodeLatin1, decodeUtf16, hasAscii, readU16, readU32, readU64 } from '../bytes';
import { BASE_BLOCK_SIZE, readBaseBlock } from './base-block';
import { type Cell, CellReader, NO_CELL } from './cell-reader';
import { Hive } from './hive';
import { HiveFormatError } from './hive-format-error';
import { type HiveClock, HiveKey } from './hive-key';
import { readValue } from './read-value';
import { defaultSecurityDescriptor } from './security-descriptor';

const NAME_IS_LATIN1 = 0x20;
/** Deepest nesting that Windows allows. */
const DEEPEST = 512;

interface ReadKey {
  readonly key: HiveKey;
  readonly subkeyList: number;
  readonly depth: number;
}

/**
 * Reads a whole registry hive file. A wrong checksum, a wrong size field and a dirty state are tolerated and told by
 * the hive's properties; logs are not replayed. Anything that contradicts itself throws a HiveFormatError with the
 * file offset. Time and memory are bounded by the file's size.
 */
export function parseHive(bytes: Uint8Array, options: { clock?: HiveClock } = {}): Hive {
  const base = readBaseBlock(bytes);
  const claimedEnd = BASE_BLOCK_SIZE + base.binsSize;
  const cells = new CellReader(bytes, base.binsSize > 0 ? Math.min(claimedEnd, bytes.length) : bytes.length);
  const reader = new KeyReader(cells, options.clock);
  const root = reader.read(base.rootOffset, undefined, 0);
  const open: ReadKey[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.subkeyList === NO_CELL) continue;
    for (const offset of subkeyOffsets(cells, next.subkeyList)) {
      const child = reader.read(offset, next.key, next.depth + 1);
      next.key.adoptSubkey(child.key);
      open.push(child);
    }
  }
  return new Hive(root.key, {
    fileName: base.fileName,
    minorVersion: base.minorVersion,
    sequence: Math.max(base.primarySequence, base.secondarySequence),
    lastWritten: base.lastWritten,
    dirty: base.primarySequence !== base.secondarySequence,
    checksumValid: base.checksumValid,
  });
}

class KeyReader {
  private readonly descriptors = new Map<number, Uint8Array>();

  constructor(
    private readonly cells: CellReader,
    private readonly clock: HiveClock | undefined,
  ) {}

  /** Reads the `nk` cell at `offset` with its values, but not its subkeys. */
  read(offset: number, parent: HiveKey | undefined, depth: number): ReadKey {
    const cell = this.cells.own(offset, 'a key');
    const head = this.cells.take(cell, 0, 0x4c, 'a key');
    if (!hasAscii(head, 0, 'nk'))
      throw new HiveFormatError(cell.fileOffset, 'a key does not start with "nk"');
    if (depth > DEEPEST)
      throw new HiveFormatError(cell.fileOffset, `keys are nested more than ${DEEPEST} deep`);
    const flags = readU16(head, 2);
    const nameBytes = this.cells.take(cell, 0x4c, readU16(head, 0x48), 'a key name');
    const key = new HiveKey(
      {
        name: flags & NAME_IS_LATIN1 ? decodeLatin1(nameBytes) : decodeUtf16(nameBytes),
        className: this.className(readU32(head, 0x30), readU16(head, 0x4a)),
        lastWritten: readU64(head, 4),
        flags: flags & ~NAME_IS_LATIN1,
        securityDescriptor: this.descriptor(readU32(head, 0x2c), parent),
      },
      parent,
      this.clock,
    );
    const valueCount = readU32(head, 0x24);
    if (valueCount > 0) this.readValues(key, readU32(head, 0x28), valueCount);
    return { key, subkeyList: readU32(head, 0x14) === 0 ? NO_CELL : readU32(head, 0x1c), depth };
  }

  private readValues(key: HiveKey, listOffset: number, count: number): void {
    const list = this.cells.own(listOffset, 'a value list');
    const offsets = this.cells.take(list, 0, 4 * count, 'a value list');
    for (let index = 0; index < count; index += 1) {
      key.adoptValue(readValue(this.cells, readU32(offsets, 4 * index)));
    }
  }

  private className(offset: number, length: number): string | undefined {
    if (offset === NO_CELL || length === 0) return undefined;
    const cell = this.cells.own(offset, 'a class name');
    return decodeUtf16(this.cells.take(cell, 0, length, 'a class name'));
  }

  private descriptor(offset: number, parent: HiveKey | undefined): Uint8Array {
    if (offset === NO_CELL) return parent?.securityDescriptor ?? defaultSecurityDescriptor();
    const known = this.descriptors.get(offset);
    if (known !== undefined) return known;
    const cell = this.cells.shared(offset, 'a security descriptor');
    const head = this.cells.take(cell, 0, 0x14, 'a security descriptor');
    if (!hasAscii(head, 0, 'sk')) {
      throw new HiveFormatError(cell.fileOffset, 'a security descriptor does not start with "sk"');
    }
    const descriptor = this.cells.take(cell, 0x14, readU32(head, 0x10), 'a security descriptor').slice();
    this.descriptors.set(offset, descriptor);
    return descriptor;
  }
}

/** Offsets of the subkeys in a list: `lf`, `lh`, `li`, or an `ri` of those. */
function* subkeyOffsets(cells: CellReader, offset: number): Generator<number> {
  const list = cells.own(offset, 'a subkey list');
  if (!hasAscii(list.bytes, 0, 'ri')) {
    yield* leafOffsets(cells, list);
    return;
  }
  for (const leaf of listEntries(cells, list, 4)) yield* leafOffsets(cells, cells.own(leaf, 'a subkey list'));
}

function* leafOffsets(cells: CellReader, list: Cell): Generator<number> {
  if (hasAscii(list.bytes, 0, 'lf') || hasAscii(list.bytes, 0, 'lh')) yield* listEntries(cells, list, 8);
  else if (hasAscii(list.bytes, 0, 'li')) yield* listEntries(cells, list, 4);
  else throw new HiveFormatError(list.fileOffset, 'a subkey list is none of "lf", "lh", "li", "ri"');
}

function* listEntries(cells: CellReader, list: Cell, entrySize: number): Generator<number> {
  const entries = cells.take(list, 4, entrySize * readU16(list.bytes, 2), 'a subkey list');
  for (let at = 0; at < entries.length; at += entrySize) yield readU32(entries, at);
}

import { hasAscii, readU32 } from '../bytes';
import { type CellReader, NO_CELL } from './cell-reader';
import type { Damages } from './damages';
import { HiveFormatError } from './hive-format-error';
import { HiveKey } from './hive-key';
import type { HiveClock, HiveValue } from './key-fields';
import { NameReader } from './name-reader';
import { readSubkeyList } from './read-subkey-list';
import { readValue } from './read-value';
import { defaultSecurityDescriptor } from './security-descriptor';
import { StoredKey } from './stored-key';

interface ReadKey {
  readonly key: HiveKey;
  readonly stored: StoredKey;
}

/** Reads keys with their values out of a hive's cells. */
export class KeyReader {
  private readonly descriptors = new Map<number, Uint8Array>();
  readonly names: NameReader;

  constructor(
    readonly cells: CellReader,
    private readonly clock: HiveClock | undefined,
    private readonly damages: Damages,
  ) {
    this.names = new NameReader(cells.file);
  }

  /** The key at `offset` with everything below it. */
  readTree(offset: number): HiveKey {
    const root = this.read(offset, undefined);
    const open: ReadKey[] = [root];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const above = next;
      const { subkeyList } = above.stored;
      if (subkeyList === NO_CELL) continue;
      const children: HiveKey[] = [];
      for (const at of readSubkeyList(this.cells, subkeyList, this.damages, above.key)) {
        const child = this.damages.tolerate(above.key, 'subkey', () => this.read(at, above));
        if (child === undefined) continue;
        children.push(child.key);
        open.push(child);
      }
      if (children.length > 0) above.key.adoptSubkeys(children.slice());
    }
    return root.key;
  }

  /** Reads the `nk` cell at `offset` with its values, but not its subkeys. */
  private read(offset: number, above: ReadKey | undefined): ReadKey {
    const { damages } = this;
    const depth = above === undefined ? 0 : above.stored.depth + 1;
    // Without a parent, so that no key of the file outlives its reading.
    const stored = new StoredKey(this, offset, undefined, depth);
    const { name } = stored;
    const parent = above?.key;
    const here = { name, parent };
    const key = new HiveKey(
      {
        name,
        className: damages.tolerate(here, 'class name', () => stored.className),
        lastWritten: stored.lastWritten,
        flags: stored.flags,
        securityDescriptor:
          damages.tolerate(here, 'security descriptor', () => this.descriptor(stored.descriptorOffset)) ??
          parent?.securityDescriptor ??
          defaultSecurityDescriptor(),
        marks: stored.marks,
      },
      parent,
      this.clock,
    );
    damages.tolerate(key, 'value list', () => this.readValues(key, stored.valueOffsets()));
    return { key, stored };
  }

  private readValues(key: HiveKey, offsets: readonly number[]): void {
    if (offsets.length === 0) return;
    const values: HiveValue[] = [];
    for (const offset of offsets) {
      const value = this.damages.tolerate(key, 'value', () => readValue(this.cells, this.names, offset));
      if (value !== undefined) values.push(value);
    }
    // Copies of lists have no room to grow, which all these short lists would waste.
    key.adoptValues(values.slice());
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

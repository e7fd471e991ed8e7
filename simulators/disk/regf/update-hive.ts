import { hasAscii, readU32, sameBytes, writeI32, writeU64 } from '../bytes';
import { BASE_BLOCK_SIZE, type BaseBlock, readBaseBlock } from './base-block';
import { NO_CELL } from './cell-reader';
import { CellWriter, cellSize } from './cell-writer';
import { joinFreeCells } from './free-cells';
import { HiveFormatError } from './hive-format-error';
import type { HiveKey } from './hive-key';
import type { HiveValue } from './key-fields';
import { mapByName, OldCells, type OldKey, type OldPart } from './old-cells';
import { BIG_DATA_SEGMENT } from './read-value';
import { SecurityCells } from './security-cells';
import { finishHive, type HiveToWrite } from './write-hive';
import {
  placeKey,
  writeClassName,
  writeKeyFields,
  writeLongestValues,
  writeSubkeys,
  writeTree,
  writeValues,
} from './write-keys';
import { rewriteValue } from './write-value';

const FIRST_BIN_TIME = BASE_BLOCK_SIZE + 20;

/** A key that stays in its cell. What is undefined stays as well; of the rest, a number is a cell that stays. */
interface KeyChange {
  readonly key: HiveKey;
  readonly old: OldKey;
  readonly className: boolean;
  readonly values: readonly (number | undefined)[] | undefined;
  readonly subkeys: readonly (number | undefined)[] | undefined;
}

/** A value with the cells that it is written into, and the key that it belongs to. */
interface RewrittenValue extends OldPart<HiveValue> {
  readonly key: HiveKey;
  readonly keyCell: number;
}

/**
 * The bytes of a hive that was changed, with everything that did not change where it stands in `before`, so that few
 * pages differ: freed cells are used again, and the bins only grow. Throws a HiveFormatError where `before` is damaged, or
 * not the same hive; it has to be written anew then.
 */
export function updateHive(before: Uint8Array, hive: HiveToWrite): Uint8Array {
  const base = readBaseBlock(before);
  if (base.minorVersion !== hive.minorVersion)
    throw new HiveFormatError(0x18, 'the hive has another version');
  if (BASE_BLOCK_SIZE + base.binsSize > before.length)
    throw new HiveFormatError(0x28, `bins of ${base.binsSize} bytes run past the end of the file`);
  return new HiveUpdate(before, base, hive).run();
}

class HiveUpdate {
  private readonly old: OldCells;
  /** A copy, in which cells become free. */
  private readonly file: Uint8Array;
  private readonly security = new SecurityCells();
  private readonly descriptors = new Map<number, Uint8Array>();
  private readonly changes: KeyChange[] = [];
  /** Values whose new data goes into the cells of the old. */
  private readonly rewritten: RewrittenValue[] = [];

  constructor(
    before: Uint8Array,
    private readonly base: BaseBlock,
    private readonly hive: HiveToWrite,
  ) {
    this.old = new OldCells(before, base.binsSize);
    this.file = before.slice(0, BASE_BLOCK_SIZE + base.binsSize);
  }

  run(): Uint8Array {
    const { hive, base, old } = this;
    const root = old.key(base.rootOffset);
    if (root.name !== hive.root.name) throw new HiveFormatError(root.at, 'the root key has another name');
    const open = [{ key: hive.root, old: root }];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      open.push(...this.compare(next.key, next.old));
    // Only now is it known what is free.
    const cells = CellWriter.over(this.file, base.binsSize, joinFreeCells(this.file, base.binsSize));
    for (const { value, cells: own, key, keyCell } of this.rewritten) {
      rewriteValue(cells, value, own);
      writeLongestValues(cells, key, keyCell);
    }
    for (const change of this.changes) this.write(cells, change);
    this.security.write(cells, this.descriptors);
    const after = finishHive(hive, cells, base.rootOffset);
    joinFreeCells(after, after.length - BASE_BLOCK_SIZE);
    writeU64(after, FIRST_BIN_TIME, hive.lastWritten);
    return after;
  }

  /** Finds out what becomes of a key's cells, and gives the subkeys that stay. */
  private compare(key: HiveKey, old: OldKey): { key: HiveKey; old: OldKey }[] {
    const className = this.old.className(old);
    if (className.value !== key.className) this.free(className.cells);
    this.noteDescriptor(old);
    const { kept, subkeys } = this.compareSubkeys(key, old);
    this.changes.push({
      key,
      old,
      className: className.value !== key.className,
      values: this.compareValues(key, old),
      subkeys,
    });
    return kept;
  }

  private compareValues(key: HiveKey, old: OldKey): KeyChange['values'] {
    const list = this.old.valueList(old);
    const found = list.value.map((cell) => ({ cell, ...this.old.value(cell) }));
    const byName = mapByName(found, ({ value }) => value.name, old);
    const cells = key.values().map((value) => {
      const before = byName.get(value.name);
      if (before === undefined) return undefined;
      const same = before.value.type === value.type && sameBytes(before.value.data, value.data);
      if (!same && !this.fits(value, before)) return undefined;
      if (!same) this.rewritten.push({ value, cells: before.cells, key, keyCell: old.cell });
      byName.delete(value.name);
      return before.cell;
    });
    for (const gone of byName.values()) this.free(gone.cells);
    if (sameNumbers(cells, list.value)) return undefined;
    this.free(list.cells);
    return cells;
  }

  /** Whether a value can be written into the cells that it has. */
  private fits({ data }: HiveValue, { value, cells: [, dataCell] }: OldPart<HiveValue>): boolean {
    if (dataCell === undefined) return data.length <= 4;
    const longest = Math.max(data.length, value.data.length);
    const place = BASE_BLOCK_SIZE + dataCell;
    return (
      data.length > 4 &&
      longest <= BIG_DATA_SEGMENT &&
      cellSize(data.length) === this.old.endOf(place + 4) - place
    );
  }

  private compareSubkeys(
    key: HiveKey,
    old: OldKey,
  ): { kept: { key: HiveKey; old: OldKey }[]; subkeys: KeyChange['subkeys'] } {
    const list = this.old.subkeyList(old);
    const byName = mapByName(
      list.value.map((cell) => this.old.key(cell)),
      ({ name }) => name,
      old,
    );
    const kept: { key: HiveKey; old: OldKey }[] = [];
    const cells = key.subkeys().map((child) => {
      const before = byName.get(child.name);
      if (before === undefined) return undefined;
      byName.delete(child.name);
      kept.push({ key: child, old: before });
      return before.cell;
    });
    for (const gone of byName.values()) this.freeTree(gone);
    if (sameNumbers(cells, list.value)) return { kept, subkeys: undefined };
    this.free(list.cells);
    return { kept, subkeys: cells };
  }

  private freeTree(top: OldKey): void {
    const open = [top];
    for (let old = open.pop(); old !== undefined; old = open.pop()) {
      this.noteDescriptor(old);
      const [values, subkeys] = [this.old.valueList(old), this.old.subkeyList(old)];
      this.free([old.cell, ...this.old.className(old).cells, ...values.cells, ...subkeys.cells]);
      for (const cell of values.value) this.free(this.old.value(cell).cells);
      for (const cell of subkeys.value) open.push(this.old.key(cell));
    }
  }

  private free(cells: readonly number[]): void {
    for (const cell of cells) {
      const at = BASE_BLOCK_SIZE + cell;
      writeI32(this.file, at, this.old.endOf(at + 4) - at);
    }
  }

  private noteDescriptor({ at }: OldKey): void {
    const { old, descriptors } = this;
    const cell = readU32(old.file, at + 0x2c);
    if (cell === NO_CELL || descriptors.has(cell)) return;
    const start = old.take(old.shared(cell, 'a security descriptor'), 0, 0x14, 'a security descriptor');
    if (!hasAscii(old.file, start, 'sk'))
      throw new HiveFormatError(start, 'a security descriptor does not start with "sk"');
    const length = readU32(old.file, start + 0x10);
    const from = old.take(start, 0x14, length, 'a security descriptor');
    descriptors.set(cell, old.file.slice(from, from + length));
  }

  private write(cells: CellWriter, { key, old, className, values, subkeys }: KeyChange): void {
    const { minorVersion } = this.hive;
    writeKeyFields(cells, key, old.cell, old.narrow);
    this.security.refer(key.securityDescriptor, old.cell);
    if (className) writeClassName(cells, key, old.cell);
    if (values !== undefined) writeValues(cells, key, old.cell, minorVersion, values);
    if (subkeys === undefined) return;
    const children = key.subkeys().map((child, index) => {
      const kept = subkeys[index];
      if (kept !== undefined) return { key: child, offset: kept };
      const placed = { key: child, offset: placeKey(cells, child, old.cell) };
      writeTree(cells, this.security, placed, minorVersion);
      return placed;
    });
    writeSubkeys(cells, children, old.cell, minorVersion);
  }
}

function sameNumbers(left: readonly (number | undefined)[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

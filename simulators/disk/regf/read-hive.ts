import { plainBytes } from '../bytes';
import { BASE_BLOCK_SIZE, type BaseBlock } from './base-block';
import { CellReader } from './cell-reader';
import { Damages, type HiveDamage, ROOT, STRICT } from './damages';
import { findBaseBlock } from './find-base-block';
import { Hive } from './hive';
import type { HiveClock } from './key-fields';
import { KeyReader } from './key-reader';
import { NameReader } from './name-reader';
import { recoverHive } from './recover-hive';
import { StoredKey } from './stored-key';

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
  const file = recovery.bytes === bytes ? new Uint8Array(bytes) : recovery.bytes;
  const damages = new Damages(options.onDamage);
  const base = findBaseBlock(file, damages);
  const reader = new KeyReader(cellsOf(file, base, damages), options.clock, damages);
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

/**
 * Opens a hive to look something up in it: nothing is read but the way to what is asked for. Nothing is copied: the
 * bytes must stay as they are.
 */
export function openHive(bytes: Uint8Array, logs: readonly Uint8Array[] = []): StoredKey {
  const file = plainBytes(recoverHive(bytes, logs).bytes);
  const base = findBaseBlock(file, STRICT);
  const cells = cellsOf(file, base, STRICT);
  return new StoredKey({ cells, names: new NameReader(file) }, base.rootOffset, undefined, 0);
}

/**
 * Shows every key of a hive once, each before its subkeys, in the order of the file's lists; the root has depth 0. Nothing
 * of it is kept, so a listing of a large hive takes little memory beyond the file. Otherwise as `parseHive`; what
 * contradicts itself is found when its turn comes, after the keys before it were shown. Class names and security
 * descriptors are read only when they are asked for.
 */
export function visitHive(
  bytes: Uint8Array,
  visit: (key: StoredKey, depth: number) => void,
  logs: readonly Uint8Array[] = [],
): void {
  visitBelow(openHive(bytes, logs), visit);
}

function visitBelow(key: StoredKey, visit: (key: StoredKey, depth: number) => void): void {
  visit(key, key.depth);
  key.visitSubkeys((child) => visitBelow(child, visit));
}

function cellsOf(file: Uint8Array, base: BaseBlock, damages: Damages): CellReader {
  const claimedEnd = BASE_BLOCK_SIZE + base.binsSize;
  const cells = new CellReader(file, base.binsSize > 0 ? Math.min(claimedEnd, file.length) : file.length);
  damages.tolerate(ROOT, 'bin', () => cells.checkFirstBin());
  return cells;
}

import { writeU32, writeU64 } from '../bytes';
import { BASE_BLOCK_SIZE, readBaseBlock, sealBaseBlock } from './base-block';
import { differingPages } from './differing-pages';
import type { Hive } from './hive';
import { HiveFormatError } from './hive-format-error';
import type { Page } from './log-entries';
import { LogFileType, type LogHeader, readLogHeader, SECTOR } from './log-header';
import { parseHive } from './read-hive';
import { recoverHive } from './recover-hive';
import { replaceBaseBlock } from './replace-base-block';
import { encodeLogBody, encodeLogHeader } from './write-log';

const FIRST_BIN_TIME = BASE_BLOCK_SIZE + 20;

/** Bytes to put at an offset of a file, which grows where they pass its end. */
export interface FilePiece {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** What to write into the hive file, or into the log with this index, in any order. */
export interface HiveWriteStep {
  readonly file: 'hive' | number;
  readonly pieces: readonly FilePiece[];
}

export interface HiveWriteOptions {
  /** Logs beside the hive, in the order of their names. The first takes the change; a new one where there is none. */
  readonly logs?: readonly Uint8Array[];
  /** `new` is understood by Windows 8.1 and later only. Default: that of the logs that are there, else `old`. */
  readonly format?: 'old' | 'new';
  /** FILETIME of the write. It only counts where it is later than the times that the hive and its logs carry. */
  readonly now?: bigint;
}

/**
 * The writes that turn the hive file `before` into `hive`, as Windows does it with a transaction log. Each step must
 * have reached the disk before the next begins. Power lost after any number of them, also in the middle of one and in
 * the middle of a sector, leaves files that read (`parseHive` with the logs) as the hive before or the one after.
 *
 * The row is: whatever a dirty hive still misses goes into it from its logs; logs of the past are made void; the
 * file grows where it has to; the change goes into the first log, whose header makes it valid; the base block says
 * "dirty" (its first sequence number moves on); the pages that differ are written; the base block says "clean". While
 * the base block is clean no reader looks at the logs, nor at what lies behind the bins; while it is dirty, or without
 * its signature, the log holds all that is missing.
 *
 * A clean hive is never dirty while one of the files changes its size, so that the file system has only contents to
 * write then. A hive that gets smaller leaves its file as large as it was, as Windows does (it grows its files ahead).
 *
 * The old format is the default because every Windows since NT reads it, and nothing in a hive says which Windows it
 * belongs to (version 1.5 is that of Windows XP as well as that of 11). Its pages carry no hash, and need none: the
 * log's header is written last and its sequence numbers say that the pages are there.
 *
 * @throws HiveFormatError when `before` cannot be read: there would be no state to fall back to.
 */
export function planHiveWrite(
  before: Uint8Array,
  hive: Hive,
  options: HiveWriteOptions = {},
): readonly HiveWriteStep[] {
  const { logs = [], now = hive.properties.lastWritten } = options;
  const repair = repairSteps(before, logs);
  const current = applied(before, repair);
  const base = readBaseBlock(current);
  const sequence = (base.primarySequence + 1) >>> 0;
  // Later than all that is there: by its time an old log is told from those of the past.
  const past = latest([base.lastWritten, ...soundHeaders(logs).map((header) => header.lastWritten)]);
  const stamp = { sequence, lastWritten: latest([now, past + 1n]) };
  const after = hive.serializeOver(current, stamp) ?? anew(current, hive, stamp);
  const change = {
    baseBlock: after.subarray(0, BASE_BLOCK_SIZE),
    sequence,
    binsSize: after.length - BASE_BLOCK_SIZE,
    pages: differingPages(current, BASE_BLOCK_SIZE + base.binsSize, after),
  };
  const format = options.format ?? formatOf(logs);
  return [
    ...repair,
    ...voidLogs(logs),
    hiveStep(firstBinTime(after), ...growth(current.length, after)),
    { file: 0, pieces: [{ offset: SECTOR, bytes: encodeLogBody(format, change) }] },
    { file: 0, pieces: [{ offset: 0, bytes: encodeLogHeader(format, change) }] },
    ...baseBlockSteps(current, dirtySector(after, base.secondarySequence)),
    hiveStep(...inPlace(change.pages, current.length)),
    // Only a sequence number and the checksum differ, and no part of that passes for the whole.
    hiveStep(firstSector(after)),
  ].filter(({ pieces }) => pieces.length > 0);
}

/** Instead of a hive that is damaged: somebody must be able to read it as far as it goes. */
function anew(current: Uint8Array, hive: Hive, stamp: Parameters<Hive['serialize']>[0]): Uint8Array {
  parseHive(current, { onDamage: () => undefined });
  return hive.serialize(stamp);
}

function hiveStep(...pieces: readonly FilePiece[]): HiveWriteStep {
  return { file: 'hive', pieces };
}

function firstSector(after: Uint8Array): FilePiece {
  return { offset: 0, bytes: after.slice(0, SECTOR) };
}

/** A torn base block is replaced by the old log's where the first bin carries the log's time. */
function firstBinTime(after: Uint8Array): FilePiece {
  return { offset: FIRST_BIN_TIME, bytes: after.slice(FIRST_BIN_TIME, FIRST_BIN_TIME + 8) };
}

/** What the file has to get behind its end. */
function growth(length: number, after: Uint8Array): FilePiece[] {
  return after.length > length ? [{ offset: length, bytes: after.subarray(length) }] : [];
}

/** The parts of pages that lie inside of a file of this length. */
function inPlace(pages: readonly Page[], length: number): FilePiece[] {
  return pages
    .map(({ offset, bytes }) => ({ offset: BASE_BLOCK_SIZE + offset, bytes }))
    .filter(({ offset }) => offset < length)
    .map(({ offset, bytes }) => ({ offset, bytes: bytes.subarray(0, length - offset) }));
}

/** Gives the base block another first sector. Until it is there, a log must be able to replace it. */
function baseBlockSteps(before: Uint8Array, after: Uint8Array): HiveWriteStep[] {
  return replaceBaseBlock(before, after).map((bytes) => hiveStep({ offset: 0, bytes }));
}

/** Makes all logs but those to keep such that nobody takes them for logs, whatever part of the sector is written. */
function voidLogs(logs: readonly Uint8Array[], keep: readonly number[] = []): HiveWriteStep[] {
  return logs.flatMap((log, file) =>
    log.length === 0 || keep.includes(file)
      ? []
      : [{ file, pieces: [{ offset: 0, bytes: new Uint8Array(SECTOR) }] }],
  );
}

/**
 * Brings a dirty hive on disk to the state that it reads as, and makes it clean. Nothing for a clean one. The base
 * block stays as it is until all pages are there; torn by a last step, the newest log still replaces it.
 */
function repairSteps(before: Uint8Array, logs: readonly Uint8Array[]): HiveWriteStep[] {
  const { state, bytes, used } = recoverHive(before, logs);
  if (state === 'clean') return [];
  const after = bytes.slice();
  const { primarySequence, secondarySequence, binsSize, lastWritten } = readBaseBlock(after);
  const sequence = Math.max(primarySequence, secondarySequence);
  writeU32(after, 4, sequence);
  writeU32(after, 8, sequence);
  sealBaseBlock(after);
  // All but the sequence numbers and the checksum stays as it is, so a torn block reads as it did.
  if (state === 'unrecovered') return [...voidLogs(logs), hiveStep(firstSector(after))];
  writeU64(after, FIRST_BIN_TIME, lastWritten);
  const whole = after.subarray(0, BASE_BLOCK_SIZE + binsSize);
  return [
    ...voidLogs(logs, used),
    hiveStep(firstBinTime(after), ...growth(before.length, whole)),
    hiveStep(...inPlace(differingPages(before, before.length, whole), before.length)),
    ...baseBlockSteps(before, after),
  ];
}

/** The first sector of a base block that says: a write has begun, and not ended. */
function dirtySector(after: Uint8Array, previousSequence: number): Uint8Array {
  const sector = after.slice(0, SECTOR);
  writeU32(sector, 8, previousSequence);
  sealBaseBlock(sector);
  return sector;
}

function latest(times: readonly bigint[]): bigint {
  let late = 0n;
  for (const time of times) if (time > late) late = time;
  return late;
}

function formatOf(logs: readonly Uint8Array[]): 'old' | 'new' {
  return soundHeaders(logs).some(({ fileType }) => fileType === LogFileType.new) ? 'new' : 'old';
}

function soundHeaders(logs: readonly Uint8Array[]): LogHeader[] {
  return logs.flatMap((log) => {
    try {
      return [readLogHeader(log)];
    } catch (error) {
      if (error instanceof HiveFormatError) return [];
      throw error;
    }
  });
}

/** The hive file after the steps that change it. */
function applied(before: Uint8Array, steps: readonly HiveWriteStep[]): Uint8Array {
  const own = steps.flatMap(({ file, pieces }) => (file === 'hive' ? pieces : []));
  const length = Math.max(before.length, ...own.map(({ offset, bytes }) => offset + bytes.length));
  const after = new Uint8Array(length);
  after.set(before);
  for (const { offset, bytes } of own) after.set(bytes, offset);
  return after;
}

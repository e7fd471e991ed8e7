import { hasAscii, readU32, readU64, writeU32 } from '../bytes';
import { BASE_BLOCK_SIZE, checksumValid, sealBaseBlock } from './base-block';
import { readDirtyPages } from './dirty-vector';
import { HiveFormatError } from './hive-format-error';
import { HiveImage } from './hive-image';
import { readLogEntries } from './log-entries';
import { LogFileType, type LogHeader, readLogHeader, sequenceDistance } from './log-header';

/**
 * `clean`: the hive was closed. `recovered`: it was not (sequence numbers that differ, or a wrong checksum), and its
 * logs held the rest. `unrecovered`: it was not, and no log could be used; what the file holds may be a mixture.
 */
export type HiveState = 'clean' | 'recovered' | 'unrecovered';

/** Why a log was not used, or where its replay ended. */
interface LogNote {
  /** Index in the logs that were given. */
  readonly log: number;
  /** Byte offset in the log. */
  readonly offset: number;
  readonly reason: string;
}

export interface HiveRecovery {
  readonly state: HiveState;
  /** The file after the recovery: the given bytes themselves unless `recovered`. */
  readonly bytes: Uint8Array;
  /** Indexes of the logs that were used, in their order of use. */
  readonly used: readonly number[];
  readonly notes: readonly LogNote[];
}

interface KnownLog {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly header: LogHeader;
}

/** Flags of the transaction manager, in the base block of Windows Vista and later, which "rmtm" marks. */
const FLAGS_OFFSET = 0x90;
const FLAGS_SIGNATURE_OFFSET = 0xa4;
const FIRST_BIN_TIME = BASE_BLOCK_SIZE + 20;

/** Whether the hive was closed, so that nobody has to look at its logs. False for bytes that are no hive. */
export function isCleanHive(primary: Uint8Array): boolean {
  return (
    primary.length >= BASE_BLOCK_SIZE && isTrusted(primary) && readU32(primary, 4) === readU32(primary, 8)
  );
}

function isTrusted(primary: Uint8Array): boolean {
  return hasAscii(primary, 0, 'regf') && checksumValid(primary);
}

/**
 * Brings a dirty hive to its last whole state with the transaction logs from beside it, as Windows does when it
 * loads the hive (specification of regf by M. Suhanov, "Dirty state of a hive" and the sections on logs). Never
 * throws on damage: a log that cannot be used is named in the notes. A clean hive ignores its logs.
 */
export function recoverHive(primary: Uint8Array, logs: readonly Uint8Array[]): HiveRecovery {
  if (primary.length < BASE_BLOCK_SIZE) return { state: 'unrecovered', bytes: primary, used: [], notes: [] };
  if (isCleanHive(primary)) return { state: 'clean', bytes: primary, used: [], notes: [] };
  return new Recovery(primary, logs, isTrusted(primary)).run();
}

class Recovery {
  private readonly notes: LogNote[] = [];
  private readonly image: HiveImage;

  constructor(
    private readonly primary: Uint8Array,
    private readonly logs: readonly Uint8Array[],
    /** The base block's checksum is right, so its numbers tell which logs belong to it. */
    private readonly trusted: boolean,
  ) {
    this.image = new HiveImage(primary, logs);
  }

  run(): HiveRecovery {
    const known = this.knownLogs();
    let used = this.replayNew(known.filter(({ header }) => header.fileType === LogFileType.new));
    if (used.length === 0) {
      used = this.applyOld(known.filter(({ header }) => header.fileType !== LogFileType.new));
    }
    const recovered = used.length > 0;
    return {
      state: recovered ? 'recovered' : 'unrecovered',
      bytes: recovered ? this.image.bytes() : this.primary,
      used,
      notes: this.notes,
    };
  }

  /** Logs with a sound header, the oldest first. */
  private knownLogs(): KnownLog[] {
    const known: KnownLog[] = [];
    this.logs.forEach((bytes, index) => {
      try {
        known.push({ index, bytes, header: readLogHeader(bytes) });
      } catch (error) {
        this.note(index, error);
      }
    });
    return known.sort((left, right) => sequenceDistance(left.header.sequence, right.header.sequence));
  }

  /** Logs of Windows 8.1 and later: the older one, and the newer one where it goes on from there. */
  private replayNew(logs: readonly KnownLog[]): number[] {
    const used: number[] = [];
    // A base block that is not to be trusted is replaced by that of the newest log; Windows replays that log alone.
    const candidates = this.trusted ? logs : logs.slice(-1);
    let next: number | undefined;
    for (const log of candidates) {
      const { sequence } = log.header;
      const belongs =
        next === undefined
          ? !this.trusted || sequenceDistance(sequence, readU32(this.primary, 8)) >= 0
          : sequence === next;
      if (!belongs) {
        this.note(
          log.index,
          new HiveFormatError(4, `the log starts with change ${sequence}: not what is missing`),
        );
        continue;
      }
      const last = this.replay(log);
      if (last === undefined) break;
      used.push(log.index);
      next = (last + 1) >>> 0;
    }
    return used;
  }

  /** Number of the last change that was replayed. */
  private replay({ index, bytes, header }: KnownLog): number | undefined {
    const { entries, end } = readLogEntries(bytes, header.sequence);
    let last: number | undefined;
    try {
      for (const { sequence, binsSize, flags, pages } of entries) {
        this.image.apply(binsSize, pages);
        const base = this.baseBlock(bytes, sequence, binsSize);
        if (hasAscii(base, FLAGS_SIGNATURE_OFFSET, 'rmtm')) {
          writeU32(base, FLAGS_OFFSET, (readU32(base, FLAGS_OFFSET) & ~1) | (flags & 1));
        }
        sealBaseBlock(base);
        last = sequence;
      }
      if (end !== undefined) this.note(index, end);
    } catch (error) {
      this.note(index, error);
    }
    return last;
  }

  /** Logs of Windows up to 8: the one with the hive's own time. */
  private applyOld(logs: readonly KnownLog[]): number[] {
    const time = this.trusted
      ? readU64(this.primary, 0xc)
      : this.primary.length >= FIRST_BIN_TIME + 8 && readU64(this.primary, FIRST_BIN_TIME);
    for (const { index, bytes, header } of [...logs].reverse()) {
      try {
        if (header.lastWritten !== time) {
          throw new HiveFormatError(
            0xc,
            'the log carries another time than the hive, so it is of another change',
          );
        }
        const pages = readDirtyPages(bytes, header);
        this.image.tryApply(header.binsSize, pages);
        const sequence = this.trusted ? readU32(this.primary, 4) : header.sequence;
        sealBaseBlock(this.baseBlock(bytes, sequence, header.binsSize));
        return [index];
      } catch (error) {
        this.note(index, error);
      }
    }
    return [];
  }

  /** The base block after a log was applied, clean; its checksum is up to the caller. */
  private baseBlock(log: Uint8Array, sequence: number, binsSize: number): Uint8Array {
    const base = this.image.baseBlock();
    // Version, format and root key are the log's in any case; the rest only where the hive's own cannot be trusted.
    if (this.trusted) base.set(log.subarray(0x14, 0x28), 0x14);
    else base.set(log.subarray(0, 508));
    writeU32(base, 4, sequence);
    writeU32(base, 8, sequence);
    writeU32(base, 0x1c, 0); // a primary file
    writeU32(base, 0x28, binsSize);
    return base;
  }

  private note(log: number, error: unknown): void {
    if (!(error instanceof HiveFormatError)) throw error;
    this.notes.push({ log, offset: error.offset, reason: error.reason });
  }
}

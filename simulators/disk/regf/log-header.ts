import { hasAscii, readU32, readU64 } from '../bytes';
import { checksumValid } from './base-block';
import { HiveFormatError } from './hive-format-error';

/** Logs come in sectors of this size, whatever the disk's own is. */
export const SECTOR = 512;

/** File type in a log's copy of the base block: the first two of Windows up to 8, the last of 8.1 and later. */
export const LogFileType = { veryOld: 2, old: 1, new: 6 } as const;

/** First sector of a transaction log: a copy of the hive's base block at the time of writing. */
export interface LogHeader {
  readonly fileType: number;
  /** Equal sequence numbers; a log whose numbers differ was not finished and is refused. */
  readonly sequence: number;
  /** FILETIME */
  readonly lastWritten: bigint;
  readonly binsSize: number;
}

/** Throws a HiveFormatError (offset in the log) when the log was not finished, or is none. */
export function readLogHeader(log: Uint8Array): LogHeader {
  if (log.length < SECTOR) throw new HiveFormatError(0, `the log has ${log.length} bytes, so it is empty`);
  if (!hasAscii(log, 0, 'regf')) throw new HiveFormatError(0, 'the log does not start with "regf"');
  if (!checksumValid(log)) throw new HiveFormatError(508, "the checksum of the log's header is wrong");
  const fileType = readU32(log, 0x1c);
  if (!(Object.values(LogFileType) as number[]).includes(fileType)) {
    throw new HiveFormatError(0x1c, `file type ${fileType} is not that of a transaction log`);
  }
  const sequence = readU32(log, 4);
  if (readU32(log, 8) !== sequence) {
    throw new HiveFormatError(4, 'the log was not finished: its sequence numbers differ');
  }
  const binsSize = readU32(log, 0x28);
  if (binsSize === 0 || binsSize % 4096 !== 0) {
    throw new HiveFormatError(0x28, `bins of ${binsSize} bytes are not made of whole pages`);
  }
  return { fileType, sequence, lastWritten: readU64(log, 0xc), binsSize };
}

/** How far the sequence number `left` is ahead of `right`; negative when it is behind. The numbers wrap around. */
export function sequenceDistance(left: number, right: number): number {
  return (left - right) | 0;
}

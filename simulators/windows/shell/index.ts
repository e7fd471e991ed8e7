export { ByteQueue } from './byte-queue';
export { longStamp } from './clock-text';
export { findMatches, type Match, matchingFiles, withAttributes } from './commands/matching-files';
export { createShell, type Shell, type ShellOptions, type ShellStreams } from './create-shell';
export type { FileAccess, FileFacts } from './file-access';
export { FileAttribute, isConcealed } from './file-attributes';
export { type HiveFile, readHiveBytes, readHiveFile, writeHiveFile } from './hive-files';
export { byName, mountedFiles } from './mounted-files';
export { namePattern } from './name-pattern';
export type {
  LineInput,
  Program,
  ProgramContext,
  ProgramIo,
  Programs,
  TerminalSize,
  TextOutput,
} from './program';
export { splitArguments } from './split-arguments';
export { decodeText, encodeText } from './text-encoding';
export { WindowsError, type WindowsErrorCode } from './windows-error';
export { baseName, hasWildcard, joinPath, parentFolder, parseWindowsPath } from './windows-path';

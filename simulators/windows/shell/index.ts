export { ByteQueue } from './byte-queue';
export { createShell, type Shell, type ShellOptions, type ShellStreams } from './create-shell';
export type { FileAccess, FileFacts } from './file-access';
export { mountedFiles } from './mounted-files';
export type {
  LineInput,
  Program,
  ProgramContext,
  ProgramIo,
  Programs,
  TerminalSize,
  TextOutput,
} from './program';
export { readHiveFile, readHiveLogs } from './read-hive-file';
export { splitArguments } from './split-arguments';
export { decodeText } from './text-encoding';
export { WindowsError } from './windows-error';

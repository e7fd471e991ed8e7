export { ByteQueue } from './byte-queue';
export { createShell, type Shell, type ShellOptions, type ShellStreams } from './create-shell';
export type { FileAccess, FileFacts } from './file-access';
export { mountedFiles } from './mounted-files';
export { textLines } from './piped-lines';
export type {
  LineInput,
  Program,
  ProgramContext,
  ProgramIo,
  Programs,
  TerminalSize,
  TextOutput,
} from './program';
export { decodeText, encodeText } from './text-encoding';
export { asWindowsError, WindowsError, type WindowsErrorCode } from './windows-error';
export { formatWindowsPath, joinPath, parentFolder, parseWindowsPath } from './windows-path';

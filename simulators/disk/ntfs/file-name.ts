import { decodeUtf16, readU16, readU32 } from '../bytes';

/** Namespaces of a name (Windows Internals, "File names"): POSIX ones tell case apart, DOS ones are a second name. */
const Namespace = { posix: 0, dos: 2 } as const;
const REPARSE_POINT = 0x400;
const FOLDER = 0x1000_0000;
/** Bytes before the name's own. */
const HEAD = 0x42;

/** A record of the master file table. */
export interface FileReference {
  readonly number: number;
  /** Which use of the record is meant. */
  readonly sequence: number;
}

/** A file's name in a folder, as its record and the folder's index have it. */
export interface FileName {
  readonly name: string;
  readonly folder: FileReference;
  readonly posix: boolean;
  /** A short name beside a long one. */
  readonly dos: boolean;
  readonly isFolder: boolean;
  readonly isReparsePoint: boolean;
}

/** Reads a $FILE_NAME; undefined where the bytes are too few for it. */
export function readFileName(bytes: Uint8Array): FileName | undefined {
  if (bytes.length < HEAD || bytes.length < HEAD + 2 * bytes[0x40]!) return undefined;
  const flags = readU32(bytes, 0x38);
  return {
    name: decodeUtf16(bytes, HEAD, 2 * bytes[0x40]!),
    folder: readReference(bytes, 0),
    posix: bytes[0x41] === Namespace.posix,
    dos: bytes[0x41] === Namespace.dos,
    isFolder: (flags & FOLDER) !== 0,
    isReparsePoint: (flags & REPARSE_POINT) !== 0,
  };
}

export function readReference(bytes: Uint8Array, at: number): FileReference {
  return { number: readU16(bytes, at + 4) * 2 ** 32 + readU32(bytes, at), sequence: readU16(bytes, at + 6) };
}

import type { FilePatch } from '../local-files';

/** What `dir` and the tools know about a file or folder. */
export interface FileFacts {
  /** The name as stored, in its own case. */
  readonly name: string;
  readonly folder: boolean;
  /** A junction or link to a folder: what walks a tree passes it over, since it may lead round in circles. */
  readonly junction?: boolean;
  readonly sizeBytes: number;
  readonly modified: Date;
}

/**
 * Files by absolute Windows path (`D:\boot\bcd`, `\Device\HarddiskVolume1\Boot\BCD`), blind to case.
 * Every method throws a `WindowsError` (2 file, 3 folder, 5 access, 15 drive, 21 device not ready, ...).
 */
export interface FileAccess {
  /** Facts of the file or folder, or undefined where there is none. Drives that are not there still throw. */
  stat(path: string): Promise<FileFacts | undefined>;
  /** The folder's contents, sorted by name. */
  list(folder: string): Promise<readonly FileFacts[]>;
  read(path: string): Promise<Uint8Array>;
  /** Creates or replaces (or extends) the file in place; it was changed now, unless a time is given. */
  write(
    path: string,
    bytes: Uint8Array,
    options?: { readonly append?: boolean; readonly modified?: Date },
  ): Promise<void>;
  /** Writes into files of one volume in place, making those that are not there; see patchFiles. */
  patch(patches: readonly FilePatch[]): Promise<void>;
  /** Replaces the file through a synced temporary one in the same folder, so that programs see old or new. */
  writeAtomically(path: string, bytes: Uint8Array): Promise<void>;
  /** Contents and time of change; the copy gets attributes of its own. */
  copy(from: string, to: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  removeFile(path: string): Promise<void>;
  /** Error 145 when the folder is not empty, unless `recursive`. */
  removeFolder(path: string, options: { readonly recursive: boolean }): Promise<void>;
  /** Creates the folder and those above it. Error 80 when it is there already. */
  makeFolder(path: string): Promise<void>;
  /** DOS attributes (`FileAttribute`) of each path, in order; where the file system keeps none, `archive` for a file. */
  attributes(paths: readonly string[]): Promise<readonly number[]>;
  /** Error 50 where the file system keeps none. */
  setAttributes(path: string, attributes: number): Promise<void>;
  /** Free space of the volume that holds the path. */
  freeBytes(path: string): Promise<number>;
}

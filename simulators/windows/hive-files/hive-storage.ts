import type { FilePatch } from '../local-files';

/** Where a hive file and the logs beside it lie. Paths are those of the storage. */
export interface HiveStorage {
  /** The content of a file; undefined where it is not there. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Each patch is on the disk before the next one begins. */
  patch(patches: readonly FilePatch[]): Promise<void>;
  /** Writes a whole file under another name and renames it. */
  replace(path: string, bytes: Uint8Array): Promise<void>;
}

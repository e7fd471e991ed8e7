import { readFile } from 'node:fs/promises';
import { patchFiles, replaceFile } from '../local-files';
import type { HiveStorage } from './hive-storage';

/** Hives by their paths on the machine underneath. */
export const localHiveStorage: HiveStorage = {
  async read(path) {
    try {
      return new Uint8Array(await readFile(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  },
  patch: patchFiles,
  replace: replaceFile,
};

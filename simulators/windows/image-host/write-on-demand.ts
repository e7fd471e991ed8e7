import type { FileAccess } from '../shell';

/** The same files; whoever is about to change one asks first for its volume to be writable. */
export function writeOnDemand(files: FileAccess, allowWriting: (path: string) => Promise<void>): FileAccess {
  return {
    ...files,
    write: async (path, bytes, options) => {
      await allowWriting(path);
      await files.write(path, bytes, options);
    },
    patch: async (patches) => {
      for (const path of new Set(patches.map((patch) => patch.path))) await allowWriting(path);
      await files.patch(patches);
    },
    writeAtomically: async (path, bytes) => {
      await allowWriting(path);
      await files.writeAtomically(path, bytes);
    },
    copy: async (from, to) => {
      await allowWriting(to);
      await files.copy(from, to);
    },
    rename: async (from, to) => {
      await allowWriting(to);
      await files.rename(from, to);
    },
    removeFile: async (path) => {
      await allowWriting(path);
      await files.removeFile(path);
    },
    removeFolder: async (path, options) => {
      await allowWriting(path);
      await files.removeFolder(path, options);
    },
    makeFolder: async (path) => {
      await allowWriting(path);
      await files.makeFolder(path);
    },
    setAttributes: async (path, attributes) => {
      await allowWriting(path);
      await files.setAttributes(path, attributes);
    },
  };
}

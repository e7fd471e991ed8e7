import type { FileAccess } from '../shell';

/**
 * The same files, where each change of one of them is followed by a call; a change is done when the call is.
 * @param files an object of functions, as mountedFiles makes it
 * @param path absolute Windows path of that file, in any case
 */
export function watchedFile(files: FileAccess, path: string, changed: () => Promise<void>): FileAccess {
  const watched = path.toLowerCase();
  const after = async (work: Promise<void>, ...paths: readonly string[]): Promise<void> => {
    await work;
    if (paths.some((one) => one.toLowerCase() === watched)) await changed();
  };
  return {
    ...files,
    write: (one, bytes, options) => after(files.write(one, bytes, options), one),
    patch: (patches) => after(files.patch(patches), ...patches.map(({ path: one }) => one)),
    writeAtomically: (one, bytes) => after(files.writeAtomically(one, bytes), one),
    copy: (from, to) => after(files.copy(from, to), to),
    rename: (from, to) => after(files.rename(from, to), from, to),
    removeFile: (one) => after(files.removeFile(one), one),
  };
}

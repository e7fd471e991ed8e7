import { type FileAccess, parseWindowsPath } from '../shell';
import type { WindowsHost } from '../windows-host';

/**
 * The files of all volumes: of those that are mounted, and of those that have a file access of their own.
 * @param own the file access of what is served at this mount point; undefined where it is really mounted
 */
export function volumeFiles(
  host: Pick<WindowsHost, 'volumes'>,
  mounted: FileAccess,
  own: (mountPoint: string) => FileAccess | undefined,
): FileAccess {
  async function of(path: string): Promise<FileAccess> {
    const root = parseWindowsPath(path).root.toLowerCase();
    const volume = (await host.volumes()).find(
      ({ letter, devicePath }) => `${letter}:`.toLowerCase() === root || devicePath.toLowerCase() === root,
    );
    return (volume?.mountPoint === undefined ? undefined : own(volume.mountPoint)) ?? mounted;
  }

  return {
    stat: async (path) => (await of(path)).stat(path),
    list: async (folder) => (await of(folder)).list(folder),
    read: async (path) => (await of(path)).read(path),
    write: async (path, bytes, options) => (await of(path)).write(path, bytes, options),
    patch: async (patches) => {
      const [first] = patches;
      if (first) await (await of(first.path)).patch(patches);
    },
    writeAtomically: async (path, bytes) => (await of(path)).writeAtomically(path, bytes),
    copy: async (from, to) => {
      const [source, target] = [await of(from), await of(to)];
      if (source === target) return source.copy(from, to);
      const bytes = await source.read(from);
      const modified = (await source.stat(from))?.modified;
      await target.write(to, bytes, modified && { modified });
    },
    // Only within a volume: who moves elsewhere copies.
    rename: async (from, to) => (await of(from)).rename(from, to),
    removeFile: async (path) => (await of(path)).removeFile(path),
    removeFolder: async (path, options) => (await of(path)).removeFolder(path, options),
    makeFolder: async (path) => (await of(path)).makeFolder(path),
    attributes: async (paths) => {
      const found = await Promise.all(paths.map(of));
      const [first] = found;
      if (first && found.every((one) => one === first)) return first.attributes(paths);
      const each = await Promise.all(found.map((one, index) => one.attributes([paths[index]!])));
      return each.flat();
    },
    setAttributes: async (path, attributes) => (await of(path)).setAttributes(path, attributes),
    freeBytes: async (path) => (await of(path)).freeBytes(path),
  };
}

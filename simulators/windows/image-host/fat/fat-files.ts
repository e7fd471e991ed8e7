import { randomBytes } from 'node:crypto';
import {
  byName,
  type FileAccess,
  FileAttribute,
  type FileFacts,
  parentFolder,
  parseWindowsPath,
  WindowsError,
} from '../../shell';
import type { FatEntry, FatVolume } from './fat-volume';

/** The file access of one FAT volume; every path that it is asked for leads to this volume. */
export function fatFiles(volume: FatVolume): FileAccess {
  function existing(path: string): { at: string; entry: FatEntry } {
    const at = stored(volume, path);
    const entry = volume.stat(at);
    if (entry) return { at, entry };
    const above = volume.stat(stored(volume, parentFolder(path)));
    throw new WindowsError(above?.folder ? 2 : 3);
  }

  /** Where a file is about to be put, what is there goes. */
  function makeWay(at: string): void {
    const entry = volume.stat(at);
    if (entry?.folder) throw new WindowsError(5);
    if (entry) volume.remove(at);
  }

  return {
    stat: async (path) => {
      const at = stored(volume, path);
      const entry = volume.stat(at);
      return entry && factsOf(entry);
    },
    list: async (folder) => {
      const { at, entry } = existing(folder);
      if (!entry.folder) throw new WindowsError(267);
      return volume
        .list(at)
        .map(factsOf)
        .sort((a, b) => byName(a.name, b.name));
    },
    read: async (path) => {
      const { at, entry } = existing(path);
      if (entry.folder) throw new WindowsError(5);
      return volume.read(at);
    },
    write: async (path, bytes, { append = false, modified } = {}) => {
      const at = stored(volume, path);
      volume.write(at, bytes, append);
      if (modified) volume.setModified(at, modified);
    },
    patch: async (patches) => {
      for (const { path, pieces } of patches) volume.patch(stored(volume, path), pieces);
    },
    // FAT has no way to put one file in the place of another at once. The new one is whole before the old one goes.
    writeAtomically: async (path, bytes) => {
      const at = stored(volume, path);
      const temporary = temporaryBeside(at);
      try {
        volume.write(temporary, bytes, false);
        makeWay(at);
      } catch (error) {
        if (volume.stat(temporary)) volume.remove(temporary);
        throw error;
      }
      volume.rename(temporary, at);
    },
    copy: async (from, to) => {
      const { at, entry } = existing(from);
      const target = stored(volume, to);
      if (entry.folder) throw new WindowsError(5);
      if (isSame(at, target)) throw new WindowsError(32);
      volume.write(target, volume.read(at), false);
      volume.setModified(target, entry.modified);
    },
    rename: async (from, to) => {
      const { at } = existing(from);
      const target = stored(volume, to);
      if (isSame(at, target)) {
        // Only the case differs, or long and short name; FatFs refuses to do that at once.
        const between = temporaryBeside(at);
        volume.rename(at, between);
        volume.rename(between, renamed(at, to));
        return;
      }
      if (`${target.toLowerCase()}/`.startsWith(`${at.toLowerCase()}/`)) throw new WindowsError(87);
      makeWay(target);
      volume.rename(at, target);
    },
    removeFile: async (path) => {
      const { at, entry } = existing(path);
      if (entry.folder) throw new WindowsError(5);
      volume.remove(at);
    },
    removeFolder: async (path, { recursive }) => {
      const { at, entry } = existing(path);
      if (!entry.folder) throw new WindowsError(267);
      if (!recursive && volume.list(at).length > 0) throw new WindowsError(145);
      removeTree(volume, at);
    },
    makeFolder: async (path) => {
      const { segments } = parseWindowsPath(path);
      for (let depth = 1; depth <= segments.length; depth += 1) {
        const at = `/${segments.slice(0, depth).join('/')}`;
        const found = volume.stat(at);
        if (!found) volume.makeFolder(at);
        if (found && depth === segments.length) throw new WindowsError(80);
        if (found && !found.folder) throw new WindowsError(3);
      }
    },
    attributes: async (paths) => paths.map((path) => existing(path).entry.attributes),
    setAttributes: async (path, attributes) => {
      const { at } = existing(path);
      volume.setAttributes(at, attributes);
    },
    freeBytes: async () => volume.freeBytes(),
  };
}

/** The path on the volume by the names that are stored there; a short name leads to the long one beside it. */
function stored(volume: FatVolume, path: string): string {
  let at = '';
  for (const segment of parseWindowsPath(path).segments) {
    const name = volume.stat(`${at}/${segment}`)?.name ?? segment;
    // FatFs gives the name back by which it was asked. Short names that stand for a long one have a tilde.
    const long = name.includes('~')
      ? volume.list(at).find(({ shortName }) => isSame(shortName, name))
      : undefined;
    at = `${at}/${long?.name ?? name}`;
  }
  return at;
}

function factsOf({ name, folder, sizeBytes, modified }: FatEntry): FileFacts {
  return { name, folder, sizeBytes, modified };
}

function temporaryBeside(path: string): string {
  return `${path}.${randomBytes(4).toString('hex')}.tmp`;
}

/** The path with the last name of the Windows path. */
function renamed(at: string, path: string): string {
  return `${at.slice(0, at.lastIndexOf('/'))}/${parseWindowsPath(path).segments.at(-1)}`;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function removeTree(volume: FatVolume, folder: string): void {
  for (const { name, folder: below, attributes } of volume.list(folder)) {
    const path = `${folder}/${name}`;
    if (below) removeTree(volume, path);
    else {
      if ((attributes & FileAttribute.readOnly) !== 0) volume.setAttributes(path, 0);
      volume.remove(path);
    }
  }
  volume.remove(folder);
}

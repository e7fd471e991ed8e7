import type { Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type FilePatch, patchFiles, replaceFile, settle } from '../local-files';
import type { WindowsHost } from '../windows-host';
import { type AttributeStore, ntfsAttributes } from './attribute-store';
import type { FileAccess, FileFacts } from './file-access';
import { FileAttribute } from './file-attributes';
import { locateEach } from './locate-each';
import { asWindowsError, WindowsError } from './windows-error';
import { parseWindowsPath } from './windows-path';

interface Located {
  readonly mountPoint: string;
  /** Path on the machine underneath; its last segment may not exist. */
  readonly path: string;
  /** What is there; undefined where nothing is. */
  readonly found: Stats | undefined;
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asWindowsError(error);
  }
}

/**
 * The entry of `folder` called `name` in whatever case, or undefined. Each question takes two or three milliseconds in an
 * emulated machine with ntfs-3g: no more of them than needed.
 */
async function findEntry(
  folder: string,
  name: string,
): Promise<{ readonly path: string; readonly found: Stats } | undefined> {
  const path = join(folder, name);
  const found = await fs.lstat(path).catch(() => undefined);
  if (found) return { path, found };
  const wanted = name.toLowerCase();
  const entry = (await fs.readdir(folder)).find((one) => one.toLowerCase() === wanted);
  if (entry === undefined) return undefined;
  const other = join(folder, entry);
  return { path: other, found: await fs.lstat(other) };
}

/** Refuses a link that leads out of the volume: junctions of a foreign disk point at paths of this machine. */
async function assertInside(mountPoint: string, path: string): Promise<void> {
  const real = await fs.realpath(path).catch(() => undefined);
  if (real === undefined) return;
  const inside = relative(await fs.realpath(mountPoint), real);
  if (inside === '..' || inside.startsWith(`..${sep}`)) throw new WindowsError(5);
}

async function facts(path: string, known?: Stats): Promise<FileFacts> {
  const self = known ?? (await fs.lstat(path));
  const link = self.isSymbolicLink();
  const found = link ? await fs.stat(path).catch(() => self) : self;
  const folder = found.isDirectory();
  return {
    name: basename(path),
    folder,
    junction: link && folder,
    sizeBytes: found.size,
    modified: found.mtime,
  };
}

/** The order in which folders are listed. */
export const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { sensitivity: 'base' });

/**
 * The files of a running stand-in: each volume's letter and device path lead to its mount point.
 * @param host is asked for its volumes anew at each access, because letters come and go.
 * @param attributes where DOS attributes are kept; those of ntfs-3g where not given.
 */
export function mountedFiles(
  host: Pick<WindowsHost, 'volumes'>,
  attributes: AttributeStore = ntfsAttributes,
): FileAccess {
  async function locate(text: string): Promise<Located> {
    const { root, segments } = parseWindowsPath(text);
    const volume = (await host.volumes()).find(
      ({ letter, devicePath }) => `${letter}:` === root || devicePath.toLowerCase() === root.toLowerCase(),
    );
    if (!volume) throw new WindowsError(15);
    const { mountPoint } = volume;
    if (mountPoint === undefined) throw new WindowsError(21);
    let path = mountPoint;
    let found: Stats | undefined;
    let linked = false;
    for (const [index, segment] of segments.entries()) {
      const last = index === segments.length - 1;
      const entry = await findEntry(path, segment);
      if (entry === undefined && !last) throw new WindowsError(3);
      path = entry?.path ?? join(path, segment);
      found = entry?.found;
      linked ||= found?.isSymbolicLink() ?? false;
    }
    if (segments.length === 0) found = await fs.lstat(path);
    if (linked) {
      await assertInside(mountPoint, dirname(path));
      await assertInside(mountPoint, path);
    }
    return { mountPoint, path, found };
  }

  const existing = async (text: string): Promise<string> => {
    const { path, found } = await locate(text);
    if (!found) await fs.lstat(path);
    return path;
  };

  return {
    stat: (path) =>
      translated(async () => {
        try {
          const { path: file, found } = await locate(path);
          return found && (await facts(file, found));
        } catch (error) {
          const reason = asWindowsError(error);
          if (reason instanceof WindowsError && (reason.code === 2 || reason.code === 3)) return undefined;
          throw error;
        }
      }),
    list: (folder) =>
      translated(async () => {
        const path = await existing(folder);
        if (!(await fs.stat(path)).isDirectory()) throw new WindowsError(267);
        const names = (await fs.readdir(path)).sort(byName);
        return Promise.all(names.map((name) => facts(join(path, name))));
      }),
    read: (path) =>
      translated(async () => {
        return new Uint8Array(await fs.readFile(await existing(path)));
      }),
    write: (path, bytes, options) =>
      translated(async () => {
        const file = (await locate(path)).path;
        await fs.writeFile(file, bytes, { flag: options?.append ? 'a' : 'w' });
        if (options?.modified) await fs.utimes(file, new Date(), options.modified);
        await settle(file);
      }),
    patch: (patches) =>
      translated(async () => {
        const found: FilePatch[] = [];
        for (const { path, pieces } of patches) found.push({ path: (await locate(path)).path, pieces });
        await patchFiles(found);
      }),
    writeAtomically: (path, bytes) => translated(async () => replaceFile((await locate(path)).path, bytes)),
    copy: (from, to) =>
      translated(async () => {
        const source = await existing(from);
        const target = (await locate(to)).path;
        if (source === target) throw new WindowsError(32);
        await fs.copyFile(source, target);
        const { atime, mtime } = await fs.stat(source);
        await fs.utimes(target, atime, mtime);
        await settle(target);
      }),
    rename: (from, to) =>
      translated(async () => {
        const source = await existing(from);
        const target = (await locate(to)).path;
        await fs.rename(source, target);
        await settle(target);
      }),
    removeFile: (path) => translated(async () => fs.unlink(await existing(path))),
    removeFolder: (path, { recursive }) =>
      translated(async () => {
        const folder = await existing(path);
        if (!(await fs.stat(folder)).isDirectory()) throw new WindowsError(267);
        await (recursive ? fs.rm(folder, { recursive: true }) : fs.rmdir(folder));
      }),
    makeFolder: (path) =>
      translated(async () => {
        const { root, segments } = parseWindowsPath(path);
        for (let depth = 1; depth <= segments.length; depth++) {
          const { path: folder } = await locate(`${root}\\${segments.slice(0, depth).join('\\')}`);
          const found = await fs.stat(folder).catch(() => undefined);
          if (!found) {
            await fs.mkdir(folder);
            await settle(folder);
          }
          if (found && depth === segments.length) throw new WindowsError(80);
          if (found && !found.isDirectory()) throw new WindowsError(3);
        }
      }),
    attributes: (texts) =>
      translated(async () => {
        const found = await Promise.all(locateEach(texts, existing));
        const known = await attributes.read(found.map(({ path }) => path));
        return found.map(({ folder }, index) => {
          const kept = known[index] ?? (folder ? 0 : FileAttribute.archive);
          // ntfs-3g marks folders as archived, which Windows does not do.
          return folder ? (kept & ~FileAttribute.archive) | FileAttribute.folder : kept;
        });
      }),
    setAttributes: (path, value) => translated(async () => attributes.write(await existing(path), value)),
    freeBytes: (path) =>
      translated(async () => {
        const { bavail, bsize } = await fs.statfs((await locate(path)).mountPoint);
        return bavail * bsize;
      }),
  };
}

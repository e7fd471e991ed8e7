import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { baseName, parentFolder } from './windows-path';

/**
 * Where many paths lead, and whether to folders; the folder above them is looked up once.
 * @param existing looks one path up; it throws where there is nothing.
 */
export function locateEach(
  texts: readonly string[],
  existing: (text: string) => Promise<string>,
): readonly Promise<{ readonly path: string; readonly folder: boolean }>[] {
  const parents = new Map<string, Promise<string>>();
  return texts.map(async (text) => {
    const parent = parentFolder(text);
    let above = parents.get(parent);
    if (!above) {
      above = existing(parent);
      parents.set(parent, above);
    }
    const exact = join(await above, baseName(text));
    const found = await fs.lstat(exact).catch(() => undefined);
    const path = found ? exact : await existing(text);
    const seen = found ?? (await fs.lstat(path));
    const folder = seen.isSymbolicLink() ? await isFolder(path) : seen.isDirectory();
    return { path, folder };
  });
}

async function isFolder(path: string): Promise<boolean> {
  const found = await fs.stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Path of a file below a mounted volume, with its letters' case as it stands there: `\WINDOWS\system32` is
 * `\Windows\System32`. What is not there keeps the case that was asked for.
 */
export async function actualPath(mountPoint: string, windowsPath: string): Promise<string> {
  let path = mountPoint;
  for (const part of windowsPath.split('\\').filter((name) => name !== '')) {
    const names = await readdir(path).catch(() => []);
    const wanted = part.toLowerCase();
    path = join(path, names.find((name) => name.toLowerCase() === wanted) ?? part);
  }
  return path;
}

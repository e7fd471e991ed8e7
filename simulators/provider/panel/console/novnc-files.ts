import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A module of noVNC below `/novnc/`: only what the package keeps in `core` and `vendor`. */
const MODULE = /^\/novnc\/((?:core|vendor)(?:\/[\w-]+)+\.js)$/;

const packageFolder = dirname(dirname(require.resolve('@novnc/novnc')));

/** The noVNC module at `pathname`, or undefined when there is none. */
export async function noVncModule(pathname: string): Promise<Buffer | undefined> {
  const path = MODULE.exec(pathname)?.[1];
  if (path === undefined) {
    return undefined;
  }
  try {
    return await readFile(join(packageFolder, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Which image lies in the folder. */
const STAMP = 'image';

/**
 * Copies the program of the image `listing` and what belongs to it into the project's `bin`, unless that is there. The
 * program finds the project by its own place. Each file is renamed into its place, so that none is ever half there.
 */
export async function placeCommand(image: string, root: string): Promise<string> {
  const folder = path.join(root, 'bin');
  const program = path.join(folder, 'rescue-lab');
  const name = path.basename(image);
  const there = await readFile(path.join(folder, STAMP), 'utf8').catch(() => '');
  if (there === name) return program;
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(image)) {
    if (file === 'manifest.json') continue;
    const unfinished = path.join(folder, `.${file}-${process.pid}`);
    await copyFile(path.join(image, file), unfinished);
    await rename(unfinished, path.join(folder, file));
  }
  await chmod(program, 0o755);
  await rm(path.join(folder, STAMP), { force: true });
  await writeFile(path.join(folder, STAMP), name);
  return program;
}

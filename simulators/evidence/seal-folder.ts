import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretBook } from './secret-book';

const TEXT_FILE = /\.(?:log|ndjson|json|xml|html|txt|cmdline)$/;

/**
 * Masks the text files of a folder and its sub-folders once more, when all secrets are known: a serial line may show a
 * password before anyone could add it to the book.
 */
export async function sealFolder(folder: string, secrets: SecretBook): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !TEXT_FILE.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const text = await readFile(path, 'utf8');
    const masked = secrets.mask(text);
    if (masked !== text) await writeFile(path, masked);
  }
}

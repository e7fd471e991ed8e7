import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly name: string;
  readonly key: string;
  readonly builtAt: string;
  readonly seconds: number;
  readonly files: readonly ManifestFile[];
}

/** Lists every file below `directory` with its size and SHA-256. */
export async function manifestOf(
  directory: string,
  about: { name: string; key: string; seconds: number },
): Promise<Manifest> {
  const files: ManifestFile[] = [];
  for (const entry of (await readdir(directory, { recursive: true, withFileTypes: true })).sort(byPath)) {
    if (entry.isFile()) {
      const file = path.join(entry.parentPath, entry.name);
      files.push({
        path: path.relative(directory, file),
        bytes: (await stat(file)).size,
        sha256: await sha256(file),
      });
    }
  }
  return { ...about, builtAt: new Date().toISOString(), files };
}

/** One sentence per file that is missing or differs. */
export async function verifyManifest(directory: string, manifest: Manifest): Promise<string[]> {
  const problems: string[] = [];
  for (const file of manifest.files) {
    const actual = await sha256(path.join(directory, file.path)).catch(() => undefined);
    if (actual === undefined) {
      problems.push(`${manifest.name}: ${file.path} is missing.`);
    } else if (actual !== file.sha256) {
      problems.push(`${manifest.name}: ${file.path} has changed since it was built (SHA-256 ${actual}).`);
    }
  }
  return problems;
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return path.join(a.parentPath, a.name).localeCompare(path.join(b.parentPath, b.name));
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

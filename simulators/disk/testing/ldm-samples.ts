import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Patch, SectorReader } from '../mbr';

const shared = process.env['RESCUE_LAB_SHARED'] ?? resolve(__dirname, '../../../../shared');
const archive = join(shared, 'samples/ldm/ldm-2008r2.tar.xz');

/** True where the images made by a real Windows Server 2008 R2 are at hand. */
export const haveSamples = existsSync(archive);
export const haveLdmtool = haveCommand('ldmtool');

export function haveCommand(command: string): boolean {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A folder of its own for one test file, made at first use: a skipped suite makes none. `remove` deletes it. */
export function scratchFolder(): { readonly path: string; remove(): void } {
  let made: string | undefined;
  return {
    get path() {
      made ??= mkdtempSync(join(tmpdir(), 'rescue-lab-ldm-'));
      return made;
    },
    remove: () => {
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** Unpacks the nine images, sparse, and returns their paths in the order of their names. */
export function unpackSamples(folder: string): string[] {
  execFileSync('tar', ['xSf', archive, '-C', folder]);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.img'))
    .sort()
    .map((name) => join(folder, name));
}

export interface MemoryDisk extends SectorReader {
  readonly bytes: Uint8Array;
  apply(patches: readonly Patch[]): void;
}

/** An in-memory disk to read and patch. */
export function memoryDisk(bytes: Uint8Array): MemoryDisk {
  return {
    bytes,
    sizeBytes: bytes.length,
    read: (offset, length) => bytes.slice(offset, offset + length),
    apply: (patches) => {
      for (const patch of patches) bytes.set(patch.bytes, patch.offsetBytes);
    },
  };
}

export function fileDisk(path: string): MemoryDisk {
  return memoryDisk(new Uint8Array(readFileSync(path)));
}

/** What ldmtool answers on these images: first to a scan, then to each command. */
export function ldmtool(images: readonly string[], commands: readonly string[]): unknown[] {
  // One process for each command: the shell that ldmtool also has answers as its terminal happens to be.
  const answer = (words: readonly string[]): unknown =>
    JSON.parse(execFileSync('ldmtool', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  const devices = images.flatMap((image) => ['--device', image]);
  return [['scan', ...images], ...commands.map((command) => [...devices, ...command.split(' ')])].map(answer);
}

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

function haveCommand(command: string): boolean {
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

/** Runs ldmtool's shell over images and returns the JSON answers of the commands after the scan. */
export function ldmtool(images: readonly string[], commands: readonly string[]): unknown[] {
  const input = [`scan ${images.join(' ')}`, ...commands, ''].join('\n');
  const output = execFileSync('ldmtool', { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  // The shell repeats every line it reads behind its prompt; between two prompts stands one answer.
  return output
    .split(/^ldm> .*$/m)
    .map((part) => part.trim())
    .filter((part) => part.length > 0)
    .map((part): unknown => JSON.parse(part));
}

import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Patch } from '../mbr';

/** True where a program is installed. Debian keeps some in /usr/sbin. */
export function hasProgram(name: string): boolean {
  return spawnSync('which', [name]).status === 0;
}

/** A folder for images, made at once; `remove` deletes it with all of them. */
export function imageFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'rescue-lab-tables-'));
  return {
    path: folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    /** A sparse image of this size with these patches. Returns its path. */
    write(name: string, sizeBytes: number, patches: readonly Patch[]): string {
      const file = path.join(folder, name);
      const handle = openSync(file, 'w');
      ftruncateSync(handle, sizeBytes);
      for (const { offsetBytes, bytes } of patches) writeSync(handle, bytes, 0, bytes.length, offsetBytes);
      closeSync(handle);
      return file;
    },
    /** A sparse image that sfdisk gave this table. */
    partition(name: string, sizeBytes: number, script: string): Uint8Array {
      const file = this.write(name, sizeBytes, []);
      execFileSync('sfdisk', ['-q', file], { input: script });
      return new Uint8Array(readFileSync(file));
    },
  };
}

/** The table as sfdisk dumps it: its header lines, and one line without blanks for each partition. */
export function sfdiskDump(file: string): { header: string[]; partitions: string[] } {
  const lines = execFileSync('sfdisk', ['-d', file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .trim()
    .split('\n');
  const isPartition = (line: string) => line.startsWith(file);
  return {
    header: lines.filter((line) => /^[a-z]/.test(line) && !line.startsWith('device')),
    partitions: lines.filter(isPartition).map((line) => line.slice(file.length).replaceAll(' ', '')),
  };
}

/** What `sfdisk --verify` says of a table; it ends with an error where it finds any. */
export function sfdiskVerify(file: string): string {
  const { stdout, stderr, status } = spawnSync('sfdisk', ['--verify', file], { encoding: 'utf8' });
  return `${stdout}${stderr}status ${status}`;
}

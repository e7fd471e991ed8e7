import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readU16, readU32, readU64 } from '../../../disk/bytes';

/** Whether mkntfs and ntfsinfo are there to make and read volumes. */
export const haveNtfsPrograms = spawnSync('mkntfs', ['--version']).error === undefined;

/** An NTFS volume of 4 MiB labelled `Data`, freshly made by mkntfs. */
export function makeNtfs(): Uint8Array {
  return withImage(new Uint8Array(0), (path) => {
    truncateSync(path, 4 * 1024 * 1024);
    execFileSync('mkntfs', ['-q', '-Q', '-F', '-L', 'Data', path], { stdio: 'ignore' });
    return new Uint8Array(readFileSync(path));
  });
}

/** A number that ntfsinfo prints of a volume, e.g. `Free Clusters`. */
export function ntfsInfo(bytes: Uint8Array, name: string): number {
  return withImage(bytes, (path) => {
    const text = execFileSync('ntfsinfo', ['-m', '-f', path], { encoding: 'utf8' });
    return Number(new RegExp(`${name}: (\\d+)`).exec(text)?.[1]);
  });
}

function withImage<T>(bytes: Uint8Array, work: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'rescue-lab-ntfs-'));
  try {
    const path = join(folder, 'volume.img');
    writeFileSync(path, bytes);
    return work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where the flags of `$Volume` stand, in the table and in its mirror (Windows Internals: record 3). */
export function volumeFlags(bytes: Uint8Array): readonly number[] {
  const cluster = readU16(bytes, 0x0b) * bytes[0x0d]!;
  return [0x30, 0x38].map((field) => {
    const record = Number(readU64(bytes, field)) * cluster + 3 * 1024;
    let at = record + readU16(bytes, record + 0x14);
    while (readU32(bytes, at) !== 0x70) at += readU32(bytes, at + 4);
    return at + readU16(bytes, at + 0x14) + 10;
  });
}

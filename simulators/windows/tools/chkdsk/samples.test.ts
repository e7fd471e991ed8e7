import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { ntfsInfo } from '../testing/ntfs-image';
import { readVolumeFacts } from './volume-facts';

const shared = process.env['RESCUE_LAB_SHARED'] ?? resolve(__dirname, '../../../../../shared');
const sample = join(shared, 'samples/ntfs/windows_volume.qcow2');
const programs = ['qemu-img', 'ntfsinfo', 'fls'].every((name) => !spawnSync(name, ['-V']).error);

/** The raw bytes of the sample, and what The Sleuth Kit lists on it. */
function unpack(): { bytes: Uint8Array; listing: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rescue-lab-sample-'));
  try {
    const path = join(folder, 'volume.raw');
    execFileSync('qemu-img', ['convert', '-O', 'raw', sample, path]);
    const listing = execFileSync('fls', ['-r', '-u', path], { encoding: 'utf8' });
    return { bytes: new Uint8Array(readFileSync(path)), listing };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it.skipIf(!existsSync(sample) || !programs)(
  'counts on a volume made elsewhere what ntfsinfo and The Sleuth Kit find on it',
  async () => {
    const { bytes, listing } = unpack();
    const facts = await readVolumeFacts(async (offset, length) => bytes.slice(offset, offset + length));
    expect(facts).toMatchObject({ dirty: false, badFileRecords: 0, label: '' });
    expect(facts.freeClusters).toBe(ntfsInfo(bytes, 'Free Clusters'));
    expect(facts.geometry.clusters).toBe(ntfsInfo(bytes, 'Volume Size in Clusters'));
    // Of the folders, $Extend is NTFS' own.
    const folders = listing.split('\n').filter((line) => /d\/d [\d-]+:/.test(line) && !line.includes('$'));
    expect(facts.folders).toBe(folders.length);
    const files = listing.split('\n').filter((line) => /^\+.*r\/r [\d-]+:/.test(line));
    expect(facts.files).toBe(new Set(files.map((line) => /r\/r (\d+)/.exec(line)?.[1])).size);
  },
);

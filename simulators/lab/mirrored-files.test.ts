import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MirroredVolume } from '../../images';
import { rawDisk, type ServerDisk } from '../server';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { placeFileOnMirror, readFileFromMirrorHalf } from './mirrored-files';
import { makeSmallMirror } from './testing/small-mirror';

describe.skipIf(!qemuAvailable)('files on a mirror', () => {
  let folder: string;
  let disks: ServerDisk[];
  let volume: MirroredVolume;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-mirror-'));
    volume = await makeSmallMirror(folder);
    disks = [
      await rawDisk(folder, 'data1', path.join(folder, 'disk1.raw')),
      await rawDisk(folder, 'data2', path.join(folder, 'disk2.raw')),
    ];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const bytes = (file: string) => readFileSync(path.join(folder, file));
  const content = 'Only this run knows it: 4711 äöü\r\n'.repeat(200);

  it('come back from each half, byte for byte', async () => {
    await placeFileOnMirror(disks, volume, 'proof of life.txt', content);
    for (const half of [0, 1]) {
      // execa takes one line end off the end of an output.
      expect(await readFileFromMirrorHalf(disks, volume, half, 'proof of life.txt')).toBe(
        content.replace(/\r\n$/, ''),
      );
    }
  });

  it('are written into the volume only, and the same on both halves', async () => {
    await placeFileOnMirror(disks, volume, 'a.txt', content);
    const halves = volume.copies.map(({ disk, offsetBytes }) => {
      const [before, after] = [bytes(`disk${disk + 1}.raw`), bytes(`data${disk + 1}.raw`)];
      const end = offsetBytes + volume.sizeBytes;
      expect(after.length).toBe(before.length);
      expect(after.subarray(0, offsetBytes).equals(before.subarray(0, offsetBytes))).toBe(true);
      expect(after.subarray(end).equals(before.subarray(end))).toBe(true);
      const half = after.subarray(offsetBytes, end);
      expect(half.equals(before.subarray(offsetBytes, end))).toBe(false);
      return half;
    });
    expect(halves[0]?.equals(halves[1] ?? Buffer.alloc(0))).toBe(true);
  });

  it('are read from the half that is asked for: a half that was left behind shows its own', async () => {
    await placeFileOnMirror(disks, volume, 'a.txt', 'both');
    const alone = { ...volume, copies: volume.copies.slice(0, 1) };
    await placeFileOnMirror(disks, alone, 'a.txt', 'only the first');
    expect(await readFileFromMirrorHalf(disks, volume, 0, 'a.txt')).toBe('only the first');
    expect(await readFileFromMirrorHalf(disks, volume, 1, 'a.txt')).toBe('both');
  });

  it('that are not there are an error, and nothing is left behind', async () => {
    const before = readdirSync(folder);
    await expect(readFileFromMirrorHalf(disks, volume, 1, 'missing.txt')).rejects.toThrow(/ntfscat/);
    expect(readdirSync(folder)).toEqual(before);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blockDeviceMounter } from './ntfs-volume';

describe('volumes on block devices', () => {
  let root: string;
  let calls: string[];
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-mounts-'));
    calls = [];
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const mounter = () =>
    blockDeviceMounter(async (program, args) => {
      calls.push([program, ...args].join(' '));
      return '';
    });

  it('mounts NTFS by ntfs-3g', async () => {
    const place = path.join(root, 'E');
    await mounter().mount({ device: '/dev/vdb2', fileSystem: 'NTFS' }, place, true);
    expect(calls).toEqual([expect.stringMatching(/^ntfs-3g -o .*,ro \/dev\/vdb2 .*\/E$/)]);
  });

  it.each(['FAT', 'FAT32'])('mounts %s, the EFI system partition’s, by the kernel', async (fileSystem) => {
    const place = path.join(root, 'S');
    expect(mounter().fileSystems.has(fileSystem)).toBe(true);
    await mounter().mount({ device: '/dev/vdb1', fileSystem }, place, false);
    expect(calls).toEqual([expect.stringMatching(/^mount -t vfat -o .*dirsync.*,rw \/dev\/vdb1 .*\/S$/)]);
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { readDiskBytes, writeDiskBytes } from './disk-bytes';
import { overlayDisk, rawDisk, type ServerDisk } from './server-disk';

const MIB = 1024 * 1024;

describe.skipIf(!qemuAvailable)('bytes of a disk', () => {
  let folder: string;
  let content: Buffer;
  let disks: Record<'raw' | 'qcow2', ServerDisk>;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-disk-'));
    content = Buffer.alloc(4 * MIB);
    for (let sector = 0; sector < content.length / 512; sector++) content.writeUInt32LE(sector, sector * 512);
    writeFileSync(path.join(folder, 'image.raw'), content);
    const base = path.join(folder, 'image.qcow2');
    await execa('qemu-img', ['convert', '-O', 'qcow2', path.join(folder, 'image.raw'), base]);
    disks = {
      raw: await rawDisk(folder, 'data1', path.join(folder, 'image.raw')),
      qcow2: await overlayDisk(folder, 'system', base),
    };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(['raw', 'qcow2'] as const)('%s', (format) => {
    it.each([
      ['one sector', 0, 512],
      ['sectors in the middle', 3 * 512, 5 * 512],
      ['4 KiB blocks', 8192, 12_288],
      ['whole MiB', MIB, 2 * MIB],
      ['the last sector', 4 * MIB - 512, 512],
    ])('reads %s', async (_what, offset, length) => {
      const bytes = await readDiskBytes(disks[format], offset, length);
      expect(bytes.equals(content.subarray(offset, offset + length))).toBe(true);
    });

    it('refuses parts of sectors, with the numbers', async () => {
      await expect(readDiskBytes(disks[format], 100, 512)).rejects.toThrow(
        'Disk bytes are read in whole sectors; 512 bytes at 100 are not.',
      );
      await expect(readDiskBytes(disks[format], 512, 10)).rejects.toThrow('10 bytes at 512 are not');
    });

    it('writes any bytes at any place, and nothing beside them', async () => {
      const bytes = Buffer.from([0xd0, 0x0f, 0xba, 0x1d, 0x99]);
      await writeDiskBytes(disks[format], 0x1b8, bytes);
      const expected = Buffer.from(content);
      bytes.copy(expected, 0x1b8);
      expect((await readDiskBytes(disks[format], 0, 4 * MIB)).equals(expected)).toBe(true);
    });

    it('writes more than a cluster', async () => {
      const bytes = Buffer.alloc(200_000, 7);
      await writeDiskBytes(disks[format], 1000, bytes);
      const expected = Buffer.from(content);
      bytes.copy(expected, 1000);
      expect((await readDiskBytes(disks[format], 0, 4 * MIB)).equals(expected)).toBe(true);
    });
  });

  it('leaves the image below and the folder as they were', async () => {
    for (const disk of Object.values(disks)) await writeDiskBytes(disk, 0, Buffer.from('changed'));
    expect(readFileSync(path.join(folder, 'image.raw')).equals(content)).toBe(true);
    await execa('qemu-img', ['compare', path.join(folder, 'image.raw'), path.join(folder, 'image.qcow2')]);
    expect(readdirSync(folder).sort()).toEqual(['data1.raw', 'image.qcow2', 'image.raw', 'system.qcow2']);
  });

  it('says when a disk could not be written', async () => {
    const missing = { ...disks.qcow2, path: path.join(folder, 'missing.qcow2') };
    await expect(writeDiskBytes(missing, 0, Buffer.from('x'))).rejects.toThrow(/missing\.qcow2/);
    expect(readdirSync(folder)).not.toContain('missing.qcow2.pattern');
  });
});

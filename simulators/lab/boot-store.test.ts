import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeNtfsVolume } from '../../images/ntfs';
import { testContext } from '../../images/testing/test-context';
import { createInstalledStore } from '../disk/bcd';
import { buildMbr } from '../disk/mbr';
import { overlayDisk, type ServerDisk } from '../server';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { windowsProfiles } from '../windows/profiles';
import { readBootSignatures, readDiskSignature } from './boot-store';

const MIB = 1024 * 1024;
const bootMiB = windowsProfiles['windows-server-2008-r2'].systemReservedMiB;
const witness = !spawnSync('hivexregedit', ['--help']).error;
/** A volume is filled through a real mount. */
const canMount =
  process.getuid?.() === 0 && existsSync('/dev/fuse') && !spawnSync('mkntfs', ['--version']).error;

describe.skipIf(!qemuAvailable || !witness || !canMount)('the boot store of a disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-boot-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A disk with this signature whose boot store names another one, or the same. */
  async function makeDisk(signature: number, named: number): Promise<ServerDisk> {
    const content = path.join(folder, 'content');
    mkdirSync(path.join(content, 'Boot'), { recursive: true });
    const partition = (startMiB: number) =>
      ({ kind: 'partition', style: 'mbr', signature: named, offsetBytes: startMiB * MIB }) as const;
    const store = createInstalledStore({
      systemPartition: partition(1),
      windowsPartition: partition(1 + bootMiB),
    });
    writeFileSync(path.join(content, 'Boot/BCD'), store.serialize());
    const volume = path.join(folder, 'boot.ntfs');
    await makeNtfsVolume(testContext(folder), {
      file: volume,
      sizeBytes: bootMiB * MIB,
      startSector: 2048,
      label: 'System Reserved',
      content,
    });
    const raw = path.join(folder, 'disk.raw');
    const sectors = (bootMiB * MIB) / 512;
    const mbr = buildMbr({
      bootCode: new Uint8Array(0),
      signature,
      partitions: [{ number: 1, active: true, type: 0x07, startSector: 2048, sizeSectors: sectors }],
    });
    writeFileSync(raw, mbr);
    await execa('dd', [`if=${volume}`, `of=${raw}`, 'bs=1M', 'seek=1', 'conv=sparse', 'status=none']);
    await execa('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', raw, path.join(folder, 'image.qcow2')]);
    return overlayDisk(folder, 'system', path.join(folder, 'image.qcow2'));
  }

  it('tells the disk signature, and those that the boot configuration names, by object and element', async () => {
    const disk = await makeDisk(0x0badb002, 0x42d9decd);
    expect(await readDiskSignature(disk)).toBe('0badb002');
    const before = readdirSync(folder);
    const signatures = await readBootSignatures(disk);
    // The boot manager's device; the loader's device and osdevice; and what resumes from hibernation.
    expect(signatures['{9dea862c-5cdd-4e70-acc1-f32b344d4795}']).toEqual({ '11000001': '42d9decd' });
    const loaders = Object.values(signatures).filter((elements) => '21000001' in elements);
    expect(loaders).toContainEqual({ '11000001': '42d9decd', '21000001': '42d9decd' });
    expect(new Set(Object.values(signatures).flatMap((elements) => Object.values(elements)))).toEqual(
      new Set(['42d9decd']),
    );
    expect(readdirSync(folder)).toEqual(before);
  });
});

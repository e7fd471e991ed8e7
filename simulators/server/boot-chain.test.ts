import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  assembleDiskCode,
  assembleVolumeCode,
  type BootSectorLoader,
  CORE_SECTOR,
} from '../../images/boot-sectors';
import { testContext } from '../../images/testing/test-context';
import { buildMbr } from '../disk/mbr';
import { bootCodePatches, findFileContent } from '../disk/ntfs';
import { canFillNtfs, fillNtfs, makeNtfs } from '../disk/testing/filled-ntfs';
import { memoryDisk } from '../disk/testing/ldm-samples';
import { createOverlay, Session } from '../vm';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { findSystemPrograms } from '../windows/boot-manager';
import { bootChain } from './boot-chain';

const SECTOR = 512;
const START = 2048;
const VOLUME_BYTES = 12 << 20;
const CORE_BYTES = 30 * SECTOR;

describe.runIf(canFillNtfs && qemuAvailable)('bootChain', () => {
  let session: Session;
  let folder: string;
  let volumeFile: string;
  let diskCode: Uint8Array;
  let baseline: string | undefined;
  const volumeCode = new Map<BootSectorLoader, Uint8Array>();
  let files = 0;

  beforeAll(async () => {
    session = Session.start();
    folder = session.tempDir('chain');
    const context = testContext(folder);
    diskCode = await assembleDiskCode(context);
    for (const loader of ['BOOTMGR', 'NTLDR'] as const)
      volumeCode.set(loader, await assembleVolumeCode(context, loader));
    volumeFile = path.join(folder, 'volume.raw');
    writeFileSync(volumeFile, Buffer.alloc(VOLUME_BYTES));
    makeNtfs(volumeFile);
    fillNtfs(
      volumeFile,
      'mkdir Boot; seq 300000 | head -c 1500001 > bootmgr; seq 400000 | head -c 2500003 > Boot/linux; ' +
        'seq 2000 > ntldr; seq 3000 > NTDETECT.COM; echo store > Boot/BCD',
    );
    baseline = await digestOf();
  });
  afterAll(() => session.dispose());

  const digest = (file: string, format = 'raw', withPrograms = false) =>
    bootChain({ path: file, format }, withPrograms, session);
  const digestOf = async (options?: Parameters<typeof makeDisk>[0]) => {
    const file = makeDisk(options);
    try {
      return await digest(file);
    } finally {
      rmSync(file);
    }
  };

  /** A disk of the volume after a script in it; `change` sees all its bytes, at last. */
  function makeDisk({
    script = '',
    loader = 'BOOTMGR' as BootSectorLoader,
    change = (_disk: Buffer): unknown => undefined,
    bytesMore = 0,
  } = {}): string {
    files += 1;
    const file = path.join(folder, `${files}.raw`);
    cpSync(volumeFile, file);
    if (script !== '') fillNtfs(file, script);
    const volume = memoryDisk(new Uint8Array(readFileSync(file)));
    volume.apply(bootCodePatches(volume, volumeCode.get(loader)!));
    const disk = Buffer.alloc(START * SECTOR + VOLUME_BYTES + START * SECTOR + bytesMore);
    disk.set(
      buildMbr({
        bootCode: diskCode,
        signature: 0x42d9decd,
        partitions: [partition(1, true), partition(2, false)],
      }),
    );
    disk.fill(7, CORE_SECTOR * SECTOR, CORE_SECTOR * SECTOR + CORE_BYTES);
    disk.write('RLab', CORE_SECTOR * SECTOR, 'latin1');
    disk.writeUInt16LE(CORE_BYTES / SECTOR - 1, CORE_SECTOR * SECTOR + 4);
    disk.set(volume.bytes, START * SECTOR);
    change(disk);
    writeFileSync(file, disk);
    return file;
  }

  const partition = (number: number, active: boolean) => ({
    number,
    active,
    type: 7,
    startSector: number === 1 ? START : START + VOLUME_BYTES / SECTOR,
    sizeSectors: number === 1 ? VOLUME_BYTES / SECTOR : START,
  });

  /** Adds 1 to a byte. */
  const bump = (at: number) => (disk: Buffer) => disk.writeUInt8((disk[at]! + 1) % 256, at);
  /** Adds 1 to a byte of a file: of its first place, or the last one. */
  const bumpFile = (names: string[], end: 'first' | 'last') => (disk: Buffer) => {
    const { places } = findFileContent(memoryDisk(new Uint8Array(disk.subarray(START * SECTOR))), names)!;
    const place = places.at(end === 'first' ? 0 : -1)!;
    bump(START * SECTOR + place.offsetBytes + (end === 'first' ? 0 : place.sizeBytes - 1))(disk);
  };

  it('is a digest', () => {
    expect(baseline).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Parameters<typeof makeDisk>[0]]>([
    ['the signature', { change: (disk) => disk.writeUInt32LE(0x12345678, 0x1b8) }],
    ['the store', { script: 'seq 5000 > Boot/BCD' }],
    [
      'times and records',
      {
        script:
          'touch -d 2003-01-02 bootmgr Boot Boot/linux; mkdir a; for i in $(seq 90); do echo > a/$i; done',
      },
    ],
    ['the other kind of loader', { script: 'seq 7 > ntldr' }],
    [
      'where the files lie',
      { script: 'cp bootmgr b; cp Boot/linux l; rm bootmgr Boot/linux; mv b bootmgr; mv l Boot/linux' },
    ],
    ['what is behind the core', { change: bump(CORE_SECTOR * SECTOR + CORE_BYTES) }],
    ['the second partition’s content', { change: bump(START * SECTOR + VOLUME_BYTES) }],
  ])('stays the same with other bytes in %s', async (_name, options) => {
    expect(await digestOf(options)).toBe(baseline);
  });

  it('is the same of an overlay, and of a compressed copy', async () => {
    const [raw, overlay, copy] = [makeDisk(), path.join(folder, 'o.qcow2'), path.join(folder, 'c.qcow2')];
    await createOverlay(raw, overlay, { baseFormat: 'raw' });
    await execa('qemu-img', ['convert', '-c', '-O', 'qcow2', raw, copy]);
    expect([await digest(overlay, 'qcow2'), await digest(copy, 'qcow2')]).toEqual([baseline, baseline]);
    await execa('qemu-io', ['-f', 'qcow2', '-c', `write -P 9 ${(CORE_SECTOR + 2) * SECTOR} 512`, overlay]);
    expect(await digest(overlay, 'qcow2')).not.toBe(baseline);
  });

  it.each<[string, Parameters<typeof makeDisk>[0]]>([
    ['the disk’s boot code', { change: bump(300) }],
    ['the partition table', { change: bump(0x1be + 16 + 12) }],
    ['the volume’s boot code', { change: bump(START * SECTOR + 0x1f0) }],
    ['the sectors behind it', { change: bump(START * SECTOR + 15 * SECTOR) }],
    ['the volume’s serial number', { change: bump(START * SECTOR + 0x48) }],
    ['the core', { change: bump(CORE_SECTOR * SECTOR + SECTOR) }],
    ['the core’s end', { change: bump(CORE_SECTOR * SECTOR + CORE_BYTES - 1) }],
    ['the core’s length', { change: bump(CORE_SECTOR * SECTOR + 4) }],
    ['the boot manager', { change: bumpFile(['bootmgr'], 'first') }],
    ['its end', { change: bumpFile(['bootmgr'], 'last') }],
    ['its length', { script: 'printf x >> bootmgr' }],
    ['the kernel', { change: bumpFile(['Boot', 'linux'], 'first') }],
    ['the kernel’s end', { change: bumpFile(['Boot', 'linux'], 'last') }],
    ['a kernel within its record', { script: 'echo small > Boot/linux' }],
    ['the loader that is started', { loader: 'NTLDR' }],
  ])('is another one with other bytes in %s', async (_name, options) => {
    const changed = await digestOf(options);
    expect(changed).toMatch(/^[0-9a-f]{64}$/);
    expect(changed).not.toBe(baseline);
  });

  it('heeds the files of NTLDR’s kind where the boot code starts that', async () => {
    const ntldr = await digestOf({ loader: 'NTLDR' });
    expect(await digestOf({ loader: 'NTLDR', script: 'echo x >> NTDETECT.COM' })).not.toBe(ntldr);
    expect(await digestOf({ loader: 'NTLDR', script: 'echo x >> ntldr' })).not.toBe(ntldr);
    expect(await digestOf({ loader: 'NTLDR', script: 'rm bootmgr Boot/linux' })).toBe(ntldr);
  });

  it.each<[string, Parameters<typeof makeDisk>[0]]>([
    ['without 55 AA', { change: bump(510) }],
    ['without an active entry', { change: (disk) => disk.writeUInt8(0, 0x1be) }],
    ['with two of them', { change: (disk) => disk.writeUInt8(0x80, 0x1ce) }],
    ['without the core’s mark', { change: bump(CORE_SECTOR * SECTOR) }],
    ['with a core of no length', { change: (disk) => disk.writeUInt16LE(0, CORE_SECTOR * SECTOR + 4) }],
    [
      'with a core longer than the disk',
      { change: (disk) => disk.writeUInt16LE(0xffff, CORE_SECTOR * SECTOR + 4) },
    ],
    ['whose active partition is no NTFS volume', { change: bump(START * SECTOR + 3) }],
    [
      'whose active partition ends before the files',
      { change: (disk) => disk.writeUInt32LE(20, 0x1be + 12) },
    ],
    [
      'whose volume has other boot code',
      { change: (disk) => disk.fill(0x90, START * SECTOR + 0x54, START * SECTOR + 510) },
    ],
    ['without the boot manager', { script: 'rm bootmgr' }],
    ['without the kernel', { script: 'mv Boot/linux Boot/Linux' }],
    ['without the folder', { script: 'mv Boot boot-1' }],
    ['whose kernel has holes', { script: 'truncate -s 8M Boot/linux' }],
    [
      'whose root folder is damaged',
      { change: (disk) => disk.fill(0, disk.indexOf('INDX'), disk.indexOf('INDX') + 4) },
    ],
    ['that is empty', { change: (disk) => disk.fill(0) }],
  ])('is not known of a disk %s', async (_name, options) => {
    expect(await digestOf(options)).toBeUndefined();
  });

  describe('with the programs of the system', () => {
    const installed = 'mkdir -p Windows/System32; seq 30000 > Windows/System32/ntoskrnl.exe; seq 9 > x; ';
    const system = (options: Parameters<typeof makeDisk>[0] = {}) =>
      makeDisk({
        ...options,
        script: `${installed}seq 40000 > Windows/System32/hal.dll; ${options.script ?? ''}`,
      });
    const withPrograms = async (file: string, format = 'raw') => {
      const found = await digest(file, format, true);
      expect(found).toMatch(/^[0-9a-f]{64}$/);
      return found;
    };

    it('heeds them only where they are started ahead', async () => {
      const [bare, whole] = [makeDisk(), system()];
      expect(await digest(whole)).toBe(await digest(bare));
      expect(await withPrograms(whole)).not.toBe(await withPrograms(bare));
    });

    it('is the same with other bytes around them', async () => {
      const whole = await withPrograms(system());
      expect(await withPrograms(system({ script: 'seq 5000 > Boot/BCD; touch -d 2003-01-02 Windows' }))).toBe(
        whole,
      );
    });

    it.each<[string, Parameters<typeof makeDisk>[0]]>([
      ['a program', { change: bumpFile(['Windows', 'System32', 'hal.dll'], 'last') }],
      ['its place', { script: 'cp Windows/System32/hal.dll y; mv y Windows/System32/hal.dll' }],
      ['its length', { script: 'printf x >> Windows/System32/hal.dll' }],
      ['its name', { script: 'mv Windows/System32/hal.dll Windows/System32/hal.old' }],
      ['the disk’s size', { change: (disk) => disk, bytesMore: SECTOR }],
    ])('is another one with another %s', async (_what, options) => {
      expect(await withPrograms(system(options))).not.toBe(await withPrograms(system()));
    });

    it('is the same in overlays of an image, and not where the programs were written', async () => {
      const base = system();
      const overlays = ['p1.qcow2', 'p2.qcow2', 'p3.qcow2'].map((name) => path.join(folder, name));
      for (const overlay of overlays) await createOverlay(base, overlay, { baseFormat: 'raw' });
      const [one, two, three] = overlays as [string, string, string];
      expect(await withPrograms(two, 'qcow2')).toBe(await withPrograms(one, 'qcow2'));
      const bytes = memoryDisk(new Uint8Array(readFileSync(base)));
      const { hal } = findSystemPrograms(bytes)!;
      await execa('qemu-io', ['-f', 'qcow2', '-c', `write -P 9 ${hal.offsetBytes} 512`, three]);
      expect(await withPrograms(three, 'qcow2')).not.toBe(await withPrograms(one, 'qcow2'));
    });
  });

  it('says when the image cannot be read', async () => {
    await expect(digest('/nowhere.img')).rejects.toThrow('The disk /nowhere.img cannot be read');
  });
});

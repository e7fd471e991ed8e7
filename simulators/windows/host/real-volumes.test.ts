import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PARTITION_TYPES } from '../../disk/gpt';
import { createDiskGroup } from '../../disk/ldm';
import { buildMbr, parseMbr, partOfDisk } from '../../disk/mbr';
import { dirtyFlagPatches, readNtfs } from '../../disk/ntfs';
import { fileDisk, haveLdmtool, haveSamples, ldmtool, unpackSamples } from '../../disk/testing/ldm-samples';
import { onVolume } from '../codec-on-host';
import { addPartition, initialiseGpt } from '../disk-tables';
import { runCommand as runInShell } from '../shell/testing/run';
import { systemPrograms } from '../tools';
import { volumeFlags } from '../tools/testing/ntfs-image';
import type { Run } from './host-options';
import { LinuxWindowsHost, runCommand } from './index';

const SIGNATURE = 0xddba6bbb;
const SECTORS = 65536;

/** Real mounts need root, loop devices, FUSE and the NTFS programs. */
const canMount =
  process.getuid?.() === 0 &&
  ['/dev/loop-control', '/dev/fuse', '/usr/bin/ntfs-3g', '/usr/sbin/mkntfs'].every((path) =>
    existsSync(path),
  );
const haveDeviceMapper = canMount && succeeds('dmsetup', ['version']);

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!canMount)('LinuxWindowsHost on real NTFS volumes', () => {
  let folder: string;
  let images: string[];
  let host: LinuxWindowsHost | undefined;
  const loops = new Map<string, string>();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rescue-lab-volumes-'));
    mkdirSync(join(folder, 'mapper'));
    images = [];
    host = undefined;
  });
  afterEach(async () => {
    for (const disk of (await host?.disks()) ?? []) {
      if (disk.number > 0 && disk.status !== 'Offline') await host?.offlineDisk(disk.number);
    }
    for (const device of loops.values()) execFileSync('losetup', ['-d', device]);
    loops.clear();
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * Without device-mapper in the kernel: a loop device with an offset behaves as a linear device, and as the first
   * half of a mirror that is in sync.
   */
  const loopInsteadOfMapper: Run = async (command, args) => {
    // An image is no block device: the kernel keeps nothing of it.
    if (command === 'modprobe' || command === 'blockdev') return '';
    if (command !== 'dmsetup') return runCommand(command, args);
    if (args[0] === 'mknodes') return '';
    if (args[0] === 'remove') {
      const name = args.at(-1)!;
      await runCommand('losetup', ['-d', loops.get(name)!]);
      loops.delete(name);
      unlinkSync(join(folder, 'mapper', name));
      return '';
    }
    const [name, , table] = args.slice(args.indexOf('--noudevsync') + 1);
    const words = table!.split(' ');
    const [path, offset] = words[2] === 'linear' ? words.slice(3) : words.slice(8);
    const range = ['--offset', String(Number(offset) * 512), '--sizelimit', String(Number(words[1]) * 512)];
    const device = (await runCommand('losetup', ['--find', '--show', ...range, path!])).trim();
    loops.set(name!, device);
    symlinkSync(device, join(folder, 'mapper', name!));
    return '';
  };

  const start = async (run = loopInsteadOfMapper, mapperFolder = join(folder, 'mapper')) => {
    host = await LinuxWindowsHost.start({
      devices: images.map((path) => ({ path })),
      systemVolume: { offsetBytes: 2048 * 512, mountPoint: join(folder, 'C') },
      sanPolicy: 'OnlineAll',
      hostName: 'WINRESCUE',
      version: '10.0.20348',
      mountRoot: join(folder, 'win'),
      mapperFolder,
      authenticate: async () => false,
      run,
      warn: (sentence) => expect.fail(sentence),
    });
    return host;
  };

  const ntfsVolume = (name: string, label: string): Uint8Array => {
    const path = join(folder, `${name}.ntfs`);
    writeFileSync(path, '');
    truncateSync(path, (SECTORS - 4096) * 512);
    const geometry = ['-p', '2048', '-H', '255', '-S', '63'];
    execFileSync('mkntfs', ['-q', '-Q', '-F', '-L', label, ...geometry, path], { stdio: 'ignore' });
    const bytes = readFileSync(path);
    rmSync(path);
    return bytes;
  };

  const basicImage = (name: string, label: string) => {
    const sector = buildMbr({
      signature: SIGNATURE,
      partitions: [{ number: 1, active: true, type: 7, startSector: 2048, sizeSectors: SECTORS - 4096 }],
    });
    const image = new Uint8Array(SECTORS * 512);
    image.set(sector);
    image.set(ntfsVolume(name, label), 2048 * 512);
    const path = join(folder, `${name}.img`);
    writeFileSync(path, image);
    images.push(path);
    return path;
  };

  it('checks a volume while it is mounted, and mends it and clears its dirty mark', async () => {
    basicImage('own', 'Own');
    const path = basicImage('other', 'Data');
    const image = readFileSync(path);
    const partition = image.subarray(2048 * 512);
    for (const at of volumeFlags(partition)) partition[at] = 1;
    const sector = buildMbr({ ...parseMbr(image)!, signature: 0x11111111 });
    image.set(sector.subarray(0, 0x1bc));
    writeFileSync(path, image);
    const machine = await start();
    const [, second] = await machine.volumes();
    const dirty = () => onVolume(machine, second!, (reader) => readNtfs(reader).dirty);
    expect(await dirty()).toBe(true);
    expect(await machine.checkVolume(1, { repair: false })).toEqual({ sound: true, repaired: false });
    expect(await machine.checkVolume(1, { repair: true })).toEqual({ sound: true, repaired: false });
    expect(await dirty()).toBe(false);
    const [own, other] = await machine.volumes();
    expect(other).toMatchObject({
      letter: 'D',
      label: 'Data',
      mountPoint: join(folder, 'win/HarddiskVolume2'),
    });
    await expect(machine.checkVolume(own!.number, { repair: true })).rejects.toMatchObject({
      refusal: 'system-disk',
    });
    // The table's first record differs from its mirror.
    const boot = (await machine.readVolume(1, 0, 512)).slice();
    const mirror = Number(new DataView(boot.buffer).getBigUint64(0x38, true)) * 4096;
    const record = (await machine.readVolume(1, mirror, 4096)).slice();
    record[100] = record[100]! ^ 0xff;
    await machine.writeVolume(1, [{ offsetBytes: mirror, bytes: record }]).catch(() => undefined);
    expect(await machine.checkVolume(1, { repair: false })).toEqual({ sound: false, repaired: false });
    expect(await machine.checkVolume(1, { repair: true })).toEqual({ sound: true, repaired: true });
    expect((await machine.volumes())[1]).toMatchObject({
      fileSystem: 'NTFS',
      mountPoint: join(folder, 'win/HarddiskVolume2'),
    });
  });

  it('mounts a volume whose power went between a change of its table and of the mirror', async () => {
    basicImage('own', 'Own');
    const path = basicImage('other', 'Data');
    const image = readFileSync(path);
    image.writeUInt32LE(0x11111111, 0x1b8);
    const volume = fileDisk(path);
    const partition = partOfDisk(volume, 2048, SECTORS - 4096);
    const [mirror] = dirtyFlagPatches(partition, true);
    image.set(mirror!.bytes, 2048 * 512 + mirror!.offsetBytes);
    writeFileSync(path, image);
    const [, second] = await (await start()).volumes();
    expect(second).toMatchObject({ label: 'Data', mountPoint: join(folder, 'win/HarddiskVolume2') });
    expect(() => execFileSync('ntfsinfo', ['-mf', [...loops.values()].at(-1)!])).not.toThrow();
  });

  it('lets bootrec, bootsect and chkdsk work on a disk, which stays sound and keeps its table', async () => {
    basicImage('own', 'Own');
    const path = basicImage('other', 'Data');
    const image = readFileSync(path);
    image.writeUInt32LE(0x11111111, 0x1b8);
    image.fill(0, 2048 * 512 + 0x54, 2048 * 512 + 0x1fe);
    writeFileSync(path, image);
    const machine = await start();
    const programs = systemPrograms(async () => []);
    const type = async (command: string) => (await runInShell({ host: machine, programs }, command)).output;
    const table = execFileSync('sfdisk', ['-d', path], { encoding: 'utf8' });
    mkdirSync(join(folder, 'win/HarddiskVolume2/Windows/Boot/Standin'), { recursive: true });
    writeFileSync(join(folder, 'win/HarddiskVolume2/Windows/Boot/Standin/mbr.bin'), Buffer.alloc(440, 0x90));
    const done = 'The operation completed successfully.\r\n';
    expect(await type('bootrec /fixmbr')).toBe(done);
    expect(await type('bootrec /fixboot')).toBe(done);
    expect(await type('bootsect /nt60 D: /mbr')).toContain('successfully updated on all targeted volumes');
    expect(await type('chkdsk D: /f')).toContain('found no problems.');
    expect(await type('dir /b D:\\Windows\\Boot\\Standin')).toBe('mbr.bin\r\n');
    const after = readFileSync(path);
    expect(after.subarray(0, 440)).toEqual(Buffer.alloc(440, 0x90));
    expect(execFileSync('sfdisk', ['-d', path], { encoding: 'utf8' })).toBe(table);
    const own = readFileSync(images[0]!).subarray(2048 * 512);
    expect(after.subarray(2048 * 512 + 0x54, 2048 * 512 + 8192)).toEqual(own.subarray(0x54, 8192));
  });

  it('onlines a colliding disk, and what is written to its volume is on the disk after the offline', async () => {
    basicImage('rescue', 'Rescue');
    const path = basicImage('customer', 'Kunde');
    const machine = await start();
    expect(await machine.disks()).toMatchObject([{}, { status: 'Offline', offlineReason: 'collision' }]);
    await machine.onlineDisk(1);
    const volume = (await machine.volumes())[1]!;
    expect(volume).toMatchObject({ letter: 'D', label: 'Kunde', fileSystem: 'NTFS' });
    writeFileSync(join(volume.mountPoint!, 'Boot.txt'), 'repaired');
    expect(() => writeFileSync(join(volume.mountPoint!, 'a?b'), '')).toThrow('EINVAL');
    await machine.offlineDisk(1);
    const image = readFileSync(path);
    expect(parseMbr(image.subarray(0, 512))!.signature).not.toBe(SIGNATURE);
    const bare = join(folder, 'bare.ntfs');
    writeFileSync(bare, image.subarray(2048 * 512, (SECTORS - 2048) * 512));
    expect(execFileSync('ntfscat', [bare, 'Boot.txt'], { encoding: 'utf8' })).toBe('repaired');
  });

  it('partitions and formats an empty disk, and independent programs find what was written to it', async () => {
    basicImage('rescue', 'Rescue');
    const path = join(folder, 'empty.img');
    writeFileSync(path, new Uint8Array(SECTORS * 512));
    images.push(path);
    const machine = await start();
    const disk = fileDisk(path);
    disk.apply(initialiseGpt(disk, randomUUID));
    const [type, guid] = [PARTITION_TYPES.basicData, randomUUID()];
    const place = { startSector: 2048, sizeSectors: SECTORS - 8192 };
    disk.apply(addPartition(disk, { ...place, kind: 'primary', type, guid }));
    await machine.writeDisk(1, [{ offsetBytes: 0, bytes: disk.bytes }]);
    expect((await machine.volumes())[1]).toMatchObject({ letter: 'D', fileSystem: 'RAW' });
    await machine.formatVolume(1, { label: 'Neue Daten', quick: false, unitBytes: 8192 });
    const volume = (await machine.volumes())[1]!;
    expect(volume).toMatchObject({ letter: 'D', fileSystem: 'NTFS', label: 'Neue Daten' });
    writeFileSync(join(volume.mountPoint!, 'new.txt'), 'first file');
    await machine.offlineDisk(1);
    expect(execFileSync('sfdisk', ['-d', path], { encoding: 'utf8' })).toContain(guid.toUpperCase());
    const bare = join(folder, 'bare.ntfs');
    writeFileSync(bare, readFileSync(path).subarray(2048 * 512, (SECTORS - 6144) * 512));
    expect(execFileSync('ntfscat', [bare, 'new.txt'], { encoding: 'utf8' })).toBe('first file');
    // Hidden sectors and the cluster size, in the boot sector.
    const boot = readFileSync(bare).subarray(0, 512);
    expect([boot.readUInt32LE(28), boot.readUInt16LE(11) * boot[13]!]).toEqual([2048, 8192]);
  });

  it.skipIf(!haveSamples)(
    'imports the mirror of a real Windows Server 2008 R2 and reads its file',
    async () => {
      basicImage('rescue', 'Rescue');
      const samples = unpackSamples(folder);
      const mirror = samples.filter((path) => path.includes('mirrored'));
      images.push(...mirror);
      const machine = await start();
      expect((await machine.disks()).map(({ status }) => status)).toEqual(['Online', 'Foreign', 'Foreign']);
      await machine.importForeign(1);
      expect((await machine.disks()).map(({ status }) => status)).toEqual(['Online', 'Online', 'Online']);
      const volume = (await machine.volumes()).find(({ type }) => type === 'Mirror')!;
      expect(volume).toMatchObject({
        letter: 'G',
        label: 'Mirrored',
        diskNumbers: [1, 2],
        status: 'Healthy',
      });
      expect(readFileSync(join(volume.mountPoint!, 'test.txt'), 'utf8').length).toBeGreaterThan(0);
      if (!haveLdmtool) return;
      const group = '06495a84-fbfd-11e1-8cf9-52540061f5db';
      expect(ldmtool(mirror, [`show volume ${group} Volume3`])[1]).toMatchObject({
        type: 'mirrored',
        hint: 'G:',
      });
    },
  );

  it.skipIf(!haveDeviceMapper)('writes both halves of a mirror through the kernel', async () => {
    basicImage('rescue', 'Rescue');
    const created = createDiskGroup({
      groupName: 'CUSTOMER-Dg0',
      disks: [
        { sizeSectors: SECTORS, signature: 1 },
        { sizeSectors: SECTORS, signature: 2 },
      ],
      volumes: [{ name: 'Volume1', layout: 'mirror', sizeSectors: SECTORS - 4096 }],
      now: new Date('2012-09-11T12:00:00Z'),
      newGuid: randomUUID,
    });
    const volume = ntfsVolume('half', 'Mirror');
    const halves = created.patches.map((patches, index) => {
      const image = new Uint8Array(SECTORS * 512);
      for (const { bytes, offsetBytes } of patches) image.set(bytes, offsetBytes);
      image.set(volume, created.volumes[0]!.copies[index]!.offsetBytes);
      const path = join(folder, `half-${index}.img`);
      writeFileSync(path, image);
      const device = execFileSync('losetup', ['--find', '--show', path], { encoding: 'utf8' }).trim();
      loops.set(path, device);
      images.push(device);
      return path;
    });
    const machine = await start(runCommand, '/dev/mapper');
    await machine.importForeign(1);
    const mirror = (await machine.volumes())[1]!;
    expect(mirror).toMatchObject({ type: 'Mirror', label: 'Mirror', status: 'Healthy' });
    writeFileSync(join(mirror.mountPoint!, 'both.txt'), 'on both halves');
    await machine.offlineDisk(2);
    await machine.offlineDisk(1);
    for (const [index, path] of halves.entries()) {
      const bare = join(folder, `bare-${index}.ntfs`);
      writeFileSync(bare, readFileSync(path).subarray(2048 * 512, (SECTORS - 2048) * 512));
      expect(execFileSync('ntfscat', [bare, 'both.txt'], { encoding: 'utf8' })).toBe('on both halves');
    }
  });
});

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assembleGroups, createDiskGroup, readMember } from '../../disk/ldm';
import { buildMbr, type MbrPartition, parseMbr } from '../../disk/mbr';
import { type MemoryDisk, memoryDisk } from '../../disk/testing/ldm-samples';
import { WindowsHostError } from '../windows-host';
import type { HostOptions } from './host-options';
import { LinuxWindowsHost } from './index';

const SECTORS = 32768;
const SIGNATURE = 0xddba6bbb;
const OPTIONS = 'big_writes,windows_names,streams_interface=windows,noatime,nosuid,nodev';

function basicDisk(signature: number, ...sizes: number[]): MemoryDisk {
  const disk = memoryDisk(new Uint8Array(SECTORS * 512));
  let startSector = 2048;
  const partitions = sizes.map((sizeSectors, index): MbrPartition => {
    const partition = { number: index + 1, active: index === 0, type: 7, startSector, sizeSectors };
    startSector += sizeSectors;
    return partition;
  });
  disk.bytes.set(buildMbr({ signature, partitions }, SECTORS));
  for (const partition of partitions) formatNtfs(disk, partition.startSector);
  return disk;
}

/** As much of NTFS as the host looks at itself: programs do the rest. */
function formatNtfs(disk: MemoryDisk, sector: number): void {
  disk.bytes.set(new TextEncoder().encode('???NTFS    '), sector * 512);
}

function mirrorDisks(mountHint?: string): MemoryDisk[] {
  let count = 0;
  const created = createDiskGroup({
    groupName: 'CUSTOMER-Dg0',
    disks: [
      { sizeSectors: SECTORS, signature: 0x11111111 },
      { sizeSectors: SECTORS, signature: 0x22222222 },
    ],
    volumes: [{ name: 'Volume1', layout: 'mirror', sizeSectors: 16384, ...(mountHint ? { mountHint } : {}) }],
    now: new Date('2012-09-11T12:00:00Z'),
    newGuid: () => {
      count += 1;
      return `00000000-0000-4000-8000-00000000000${count}`;
    },
  });
  return created.patches.map((patches, index) => {
    const disk = memoryDisk(new Uint8Array(SECTORS * 512));
    disk.apply(patches);
    formatNtfs(disk, created.volumes[0]!.copies[index]!.offsetBytes / 512);
    return disk;
  });
}

describe('LinuxWindowsHost', () => {
  let mountRoot: string;
  let commands: string[];
  let answers: (line: string) => string;
  let disks: MemoryDisk[];
  /** Paths whose partitions the kernel has nodes for. */
  let nodes: string[];

  beforeEach(() => {
    mountRoot = mkdtempSync(join(tmpdir(), 'rescue-lab-host-'));
    commands = [];
    nodes = ['/dev/vda', '/dev/vdb', '/dev/vdc'];
    answers = (line) => (line.startsWith('ntfslabel') ? 'Label\n' : '');
  });
  afterEach(() => rmSync(mountRoot, { recursive: true, force: true }));

  const start = (options: Partial<HostOptions> = {}) =>
    LinuxWindowsHost.start({
      devices: disks.map((_, index) => ({ path: `/dev/vd${'abc'[index]}` })),
      systemVolume: { offsetBytes: 2048 * 512, mountPoint: '/win/C' },
      sanPolicy: 'OfflineShared',
      hostName: 'WINRESCUE',
      version: '10.0.20348',
      mountRoot,
      authenticate: async (user, password) => user === 'Administrator' && password === 'secret',
      now: () => new Date('2026-11-21T00:00:00Z'),
      randomSignature: () => 0x0badcafe,
      warn: (sentence) => commands.push(`warning: ${sentence}`),
      run: async (command, args) => {
        const line = [command, ...args].join(' ').replaceAll(mountRoot, '/win');
        commands.push(line);
        return answers(line);
      },
      blockDevices: {
        open: (path) => {
          const disk = disks['abc'.indexOf(path.slice(-1))]!;
          return { sizeBytes: disk.sizeBytes, read: disk.read, write: disk.apply };
        },
        partitionNode: (path, number) => (nodes.includes(path) ? `${path}${number}` : undefined),
      },
      ...options,
    });

  const signatureOf = (disk: number) => parseMbr(disks[disk]!.bytes.slice(0, 512))!.signature;
  const digest = (disk: number) => createHash('sha256').update(disks[disk]!.bytes).digest('hex');
  const letters = async (host: LinuxWindowsHost) => (await host.volumes()).map(({ letter }) => letter);

  describe('a disk with the signature of the running system', () => {
    beforeEach(() => {
      disks = [basicDisk(SIGNATURE, 16384), basicDisk(SIGNATURE, 4096, 16384)];
    });

    it('stays offline because of the collision', async () => {
      const host = await start();
      expect(await host.disks()).toMatchObject([
        { number: 0, status: 'Online', signature: SIGNATURE, bootDisk: true, offlineReason: 'none' },
        { number: 1, status: 'Offline', signature: SIGNATURE, offlineReason: 'collision', readOnly: false },
      ]);
      expect(await host.volumes()).toEqual([
        {
          number: 0,
          letter: 'C',
          label: 'Label',
          fileSystem: 'NTFS',
          type: 'Partition',
          sizeBytes: 16384 * 512,
          status: 'Healthy',
          info: 'System',
          diskNumbers: [0],
          devicePath: '\\Device\\HarddiskVolume1',
          location: { style: 'mbr', signature: SIGNATURE, offsetBytes: 1048576 },
          mountPoint: '/win/C',
        },
      ]);
      expect(commands).toEqual(['ntfslabel -nf /dev/vda1']);
    });

    it('gets a new random signature when brought online, and its volumes the next letters', async () => {
      const host = await start();
      commands.length = 0;
      await host.onlineDisk(1);
      expect(signatureOf(1)).toBe(0x0badcafe);
      expect(signatureOf(0)).toBe(SIGNATURE);
      expect(await host.disks()).toMatchObject([
        {},
        { status: 'Online', signature: 0x0badcafe, offlineReason: 'none' },
      ]);
      expect(await host.volumes()).toMatchObject([
        { letter: 'C' },
        {
          letter: 'D',
          mountPoint: `${mountRoot}/D`,
          location: { signature: 0x0badcafe, offsetBytes: 1048576 },
          info: '',
        },
        {
          letter: 'E',
          mountPoint: `${mountRoot}/E`,
          location: { signature: 0x0badcafe, offsetBytes: 6144 * 512 },
        },
      ]);
      expect(commands).toEqual([
        'ntfslabel -nf /dev/vdb1',
        `ntfs-3g -o ${OPTIONS} /dev/vdb1 /win/D`,
        'ntfslabel -nf /dev/vdb2',
        `ntfs-3g -o ${OPTIONS} /dev/vdb2 /win/E`,
        'sync',
      ]);
    });

    it('goes without a colliding random number', async () => {
      const numbers = [SIGNATURE, 0, 0x12345678];
      const host = await start({ randomSignature: () => numbers.shift()! });
      await host.onlineDisk(1);
      expect(signatureOf(1)).toBe(0x12345678);
    });

    it('is unmounted when taken offline, and gets its letters back', async () => {
      const host = await start();
      await host.onlineDisk(1);
      await host.assignLetter(2, 'x');
      commands.length = 0;
      await host.offlineDisk(1);
      expect(commands).toEqual(['umount /win/D', 'umount /win/X', 'sync']);
      expect(await letters(host)).toEqual(['C']);
      expect(await host.disks()).toMatchObject([{}, { status: 'Offline', offlineReason: 'policy' }]);
      await host.onlineDisk(1);
      expect(await letters(host)).toEqual(['C', 'D', 'X']);
    });

    it('can have the old signature back once the rescue disk has another', async () => {
      const host = await start();
      await host.onlineDisk(1);
      await host.setSignature(0, 0x01020304);
      await host.setSignature(1, SIGNATURE);
      expect([signatureOf(0), signatureOf(1)]).toEqual([0x01020304, SIGNATURE]);
      expect(await host.disks()).toMatchObject([{ status: 'Online' }, { status: 'Online' }]);
      expect((await host.volumes())[1]).toMatchObject({ letter: 'D', location: { signature: SIGNATURE } });
    });

    it('goes offline when given a signature that is online already', async () => {
      const host = await start();
      await host.onlineDisk(1);
      await host.setSignature(1, SIGNATURE);
      expect(await host.disks()).toMatchObject([
        { status: 'Online' },
        { status: 'Offline', offlineReason: 'collision' },
      ]);
      expect(await letters(host)).toEqual(['C']);
    });
  });

  describe('letters', () => {
    beforeEach(() => {
      disks = [basicDisk(1, 16384), basicDisk(2, 4096, 16384)];
    });

    it('moves a volume between its letter and its device folder', async () => {
      const host = await start({ sanPolicy: 'OnlineAll' });
      commands.length = 0;
      await host.removeLetter(1);
      expect((await host.volumes())[1]).toMatchObject({
        letter: undefined,
        mountPoint: `${mountRoot}/HarddiskVolume2`,
      });
      expect(await host.assignLetter(1)).toBe('D');
      expect(commands).toEqual([
        'umount /win/D',
        `ntfs-3g -o ${OPTIONS} /dev/vdb1 /win/HarddiskVolume2`,
        'sync',
        'umount /win/HarddiskVolume2',
        `ntfs-3g -o ${OPTIONS} /dev/vdb1 /win/D`,
        'sync',
      ]);
    });

    it('refuses letters in use, of the system volume, and unknown volumes', async () => {
      const host = await start({ sanPolicy: 'OnlineAll' });
      await expect(host.assignLetter(1, 'E')).rejects.toThrow(
        'E: belongs to another volume. Choose a free letter.',
      );
      await expect(host.removeLetter(0)).rejects.toThrow(
        "C: is the running system's volume and keeps its letter.",
      );
      await expect(host.assignLetter(7)).rejects.toEqual(
        new WindowsHostError('no-such-volume', 'There is no volume 7; this machine has 3.'),
      );
    });
  });

  it('keeps a disk offline and read-only by SAN policy, without touching its signature when it comes online', async () => {
    disks = [basicDisk(1, 16384), basicDisk(2, 16384)];
    const before = digest(1);
    const host = await start();
    expect(await host.disks()).toMatchObject([
      {},
      { status: 'Offline', offlineReason: 'policy', readOnly: true },
    ]);
    await host.onlineDisk(1);
    expect(digest(1)).toBe(before);
    expect(commands).toContain(`ntfs-3g -o ${OPTIONS},ro /dev/vdb1 /win/D`);
    await expect(host.setSignature(1, 9)).rejects.toThrow('Disk 1 is read-only, so nothing was changed.');
    commands.length = 0;
    await host.setReadOnly(1, false);
    expect(commands).toEqual([
      'umount /win/D',
      'ntfslabel -nf /dev/vdb1',
      `ntfs-3g -o ${OPTIONS} /dev/vdb1 /win/D`,
      'sync',
    ]);
  });

  it('maps a partition through device-mapper where the kernel has no node for it', async () => {
    disks = [basicDisk(1, 16384), basicDisk(2, 16384)];
    nodes = ['/dev/vda'];
    const host = await start({ sanPolicy: 'OnlineAll' });
    expect(commands.slice(1)).toEqual([
      'modprobe -a dm-mod',
      'dmsetup create --noudevrules --noudevsync vdb-1 --table 0 16384 linear /dev/vdb 2048',
      'dmsetup mknodes vdb-1',
      'ntfslabel -nf /dev/mapper/vdb-1',
      `ntfs-3g -o ${OPTIONS} /dev/mapper/vdb-1 /win/D`,
    ]);
    commands.length = 0;
    await host.offlineDisk(1);
    expect(commands).toEqual(['umount /win/D', 'dmsetup remove --noudevrules --noudevsync vdb-1', 'sync']);
  });

  it('shows a volume that cannot be mounted as RAW and serves the others', async () => {
    disks = [basicDisk(1, 16384), basicDisk(2, 4096, 16384)];
    answers = (line) => {
      if (line === 'ntfslabel -nf /dev/vdb1') throw new Error('$MFT is damaged.');
      return 'Data';
    };
    const host = await start({ sanPolicy: 'OnlineAll' });
    expect(await host.volumes()).toMatchObject([
      { letter: 'C' },
      { letter: 'D', fileSystem: 'RAW', mountPoint: undefined },
      { letter: 'E', fileSystem: 'NTFS', label: 'Data' },
    ]);
    expect(commands).toContain('warning: \\Device\\HarddiskVolume2 cannot be served. $MFT is damaged.');
  });

  it('hides no letter behind the boot partition of the running system', async () => {
    disks = [basicDisk(1, 4096, 16384)];
    const host = await start({ systemVolume: { offsetBytes: 6144 * 512, mountPoint: '/win/C' } });
    expect(await host.volumes()).toMatchObject([
      { letter: undefined, info: 'System', mountPoint: `${mountRoot}/HarddiskVolume1` },
      { letter: 'C', info: 'Boot', mountPoint: '/win/C' },
    ]);
  });

  it('knows an uninitialised and a damaged dynamic disk', async () => {
    const damaged = mirrorDisks()[0]!;
    for (const sector of [6, SECTORS - 192, SECTORS - 1])
      damaged.bytes.fill(0, sector * 512, (sector + 1) * 512);
    disks = [basicDisk(1, 16384), memoryDisk(new Uint8Array(SECTORS * 512)), damaged];
    const host = await start({ sanPolicy: 'OnlineAll' });
    expect(await host.disks()).toMatchObject([
      { status: 'Online', freeBytes: (SECTORS - 2048 - 16384) * 512 },
      { status: 'Not Initialized', style: 'raw', signature: undefined },
      { status: 'Errors', dynamic: true, style: 'mbr' },
    ]);
  });

  describe('a foreign disk group', () => {
    beforeEach(() => {
      disks = [basicDisk(1, 16384), ...mirrorDisks()];
    });

    const bringOnline = async (host: LinuxWindowsHost) => {
      for (const disk of [1, 2]) {
        await host.onlineDisk(disk);
        await host.setReadOnly(disk, false);
      }
    };

    it('is Foreign once online, with no volumes', async () => {
      const host = await start();
      await bringOnline(host);
      expect(await host.disks()).toMatchObject([
        { dynamic: false },
        { status: 'Foreign', dynamic: true },
        { status: 'Foreign', dynamic: true },
      ]);
      expect(await letters(host)).toEqual(['C']);
    });

    it('becomes a letterless mirror by the import of one of its disks', async () => {
      const host = await start();
      await bringOnline(host);
      commands.length = 0;
      await host.importForeign(2);
      const name = 'ldm-00000000-0000-4000-8000-000000000004';
      expect(commands).toEqual([
        'modprobe -a dm-mod dm-mirror',
        `dmsetup create --noudevrules --noudevsync ${name} --table 0 16384 mirror core 2 1024 nosync 2 /dev/vdb 2048 /dev/vdc 2048`,
        `dmsetup mknodes ${name}`,
        `ntfslabel -nf /dev/mapper/${name}`,
        `ntfs-3g -o ${OPTIONS} /dev/mapper/${name} /win/HarddiskVolume2`,
        'sync',
      ]);
      expect(await host.disks()).toMatchObject([
        {},
        { status: 'Online' },
        { status: 'Online', freeBytes: (SECTORS - 2048 - 63 - 16384) * 512 },
      ]);
      expect((await host.volumes())[1]).toEqual({
        number: 1,
        letter: undefined,
        label: 'Label',
        fileSystem: 'NTFS',
        type: 'Mirror',
        sizeBytes: 16384 * 512,
        status: 'Healthy',
        info: '',
        diskNumbers: [1, 2],
        devicePath: '\\Device\\HarddiskVolume2',
        location: { style: 'dynamic', volumeGuid: '00000000-0000-4000-8000-000000000004' },
        mountPoint: `${mountRoot}/HarddiskVolume2`,
      });
      expect(disks.slice(1).map((disk) => readMember(disk)!.vmdb.committedTransaction)).toEqual([4n, 4n]);
      expect(await host.assignLetter(1)).toBe('D');
    });

    it('takes the letter that its record hints at, or the next free one', async () => {
      disks = [basicDisk(1, 16384), ...mirrorDisks('M:')];
      const free = await start({ sanPolicy: 'OnlineAll' });
      await free.importForeign(1);
      expect(await letters(free)).toEqual(['C', 'M']);
      disks = [basicDisk(1, 16384), ...mirrorDisks('C:')];
      const taken = await start({ sanPolicy: 'OnlineAll' });
      await taken.importForeign(1);
      expect(await letters(taken)).toEqual(['C', 'D']);
    });

    it('is not imported from a read-only, an offline or a basic disk', async () => {
      const host = await start();
      await expect(host.importForeign(1)).rejects.toMatchObject({ refusal: 'offline' });
      await host.onlineDisk(1);
      const before = digest(1);
      await expect(host.importForeign(1)).rejects.toMatchObject({ refusal: 'write-protected' });
      expect(digest(1)).toBe(before);
      await expect(host.importForeign(0)).rejects.toMatchObject({ refusal: 'not-foreign' });
    });

    it('runs on one half while the other is away, and copies onto it when it comes', async () => {
      const host = await start();
      await host.onlineDisk(2);
      await host.setReadOnly(2, false);
      await host.importForeign(2);
      const name = 'ldm-00000000-0000-4000-8000-000000000004';
      expect(commands.find((line) => line.includes(name))).toMatch(
        / --table 0 16384 linear \/dev\/vdc 2048$/,
      );
      expect((await host.volumes())[1]).toMatchObject({ status: 'Failed Rd', diskNumbers: [2] });
      await host.setReadOnly(1, false);
      commands.length = 0;
      await host.onlineDisk(1);
      expect(commands).toEqual([
        'umount /win/HarddiskVolume2',
        `dmsetup remove --noudevrules --noudevsync ${name}`,
        'modprobe -a dm-mirror',
        `dmsetup create --noudevrules --noudevsync ${name} --table 0 16384 mirror core 1 1024 2 /dev/vdc 2048 /dev/vdb 2048`,
        `dmsetup mknodes ${name}`,
        `ntfslabel -nf /dev/mapper/${name}`,
        `ntfs-3g -o ${OPTIONS} /dev/mapper/${name} /win/HarddiskVolume2`,
        'sync',
      ]);
      answers = () => '0 16384 mirror 2 253:1 253:2 7/16 1 AA 1 core';
      expect((await host.volumes())[1]).toMatchObject({ status: 'Rebuild', diskNumbers: [1, 2] });
      answers = () => '0 16384 mirror 2 253:1 253:2 16/16 1 AA 1 core';
      expect((await host.volumes())[1]).toMatchObject({ status: 'Healthy' });
    });

    it('copies onto a half that was taken offline for a while', async () => {
      const host = await start({ sanPolicy: 'OnlineAll' });
      await host.importForeign(1);
      await host.offlineDisk(1);
      expect((await host.volumes())[1]).toMatchObject({ status: 'Failed Rd' });
      commands.length = 0;
      await host.onlineDisk(1);
      expect(commands.some((line) => line.endsWith('mirror core 1 1024 2 /dev/vdc 2048 /dev/vdb 2048'))).toBe(
        true,
      );
    });

    it('is marked while it is mounted, and copied at the next start where the machine stopped without an unmount', async () => {
      const own: Partial<HostOptions> = { sanPolicy: 'OnlineAll', primaryDiskGroup: 'CUSTOMER-Dg0' };
      const dirty = () =>
        assembleGroups(disks.slice(1).map((disk) => readMember(disk)!))[0]!.volumes.map(
          (volume) => volume.dirty,
        );
      const host = await start(own);
      expect((await host.volumes())[1]).toMatchObject({ type: 'Mirror', status: 'Healthy' });
      expect(dirty()).toEqual([true]);
      await host.restart();
      expect(dirty()).toEqual([false]);
      await start(own);
      commands.length = 0;
      const afterHardStop = await start(own);
      expect(commands.some((line) => line.endsWith('mirror core 1 1024 2 /dev/vdb 2048 /dev/vdc 2048'))).toBe(
        true,
      );
      answers = () => '0 16384 mirror 2 253:1 253:2 16/16 1 AA 1 core';
      expect((await afterHardStop.volumes())[1]).toMatchObject({ status: 'Healthy' });
      await afterHardStop.shutdown();
      expect(dirty()).toEqual([false]);
    });

    it('is no foreign group where the running system lies on it', async () => {
      disks = mirrorDisks();
      const host = await start();
      expect(await host.disks()).toMatchObject([{ status: 'Online' }, { status: 'Online' }]);
      expect(await host.volumes()).toMatchObject([
        { letter: 'C', type: 'Mirror', info: 'Boot', mountPoint: '/win/C', diskNumbers: [0, 1] },
      ]);
      expect(commands).toEqual([]);
    });
  });

  it('unmounts everything, then syncs and reboots or powers off', async () => {
    disks = [basicDisk(1, 16384), basicDisk(2, 16384)];
    const host = await start({ sanPolicy: 'OnlineAll' });
    commands.length = 0;
    await host.restart();
    expect(commands).toEqual([
      '/opt/standin/end-logins',
      'umount /win/D',
      'umount /win/C',
      'sync',
      'reboot -f',
    ]);
    await host.shutdown();
    expect(commands.at(-1)).toBe('poweroff -f');
  });

  it('asks the given function about passwords', async () => {
    disks = [basicDisk(1, 16384)];
    const host = await start();
    expect(await host.authenticate('Administrator', 'secret')).toBe(true);
    expect(await host.authenticate('Administrator', 'wrong')).toBe(false);
  });

  it('refuses unknown disks, repeated changes and the loss of its own disk', async () => {
    disks = [basicDisk(1, 16384), basicDisk(2, 16384)];
    const host = await start();
    for (const [work, refusal] of [
      [() => host.onlineDisk(5), 'no-such-disk'],
      [() => host.onlineDisk(0), 'already-online'],
      [() => host.offlineDisk(1), 'already-offline'],
      [() => host.offlineDisk(0), 'system-disk'],
      [() => host.setReadOnly(0, true), 'system-disk'],
    ] as const) {
      await expect(work()).rejects.toMatchObject({ refusal });
    }
  });
});

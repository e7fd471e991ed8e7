import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryDisk } from '../../disk/testing/ldm-samples';
import { basicDisk, MachineRig, MOUNT_OPTIONS, mirrorDisks, SECTORS } from './testing/machine-rig';

describe('LinuxWindowsHost', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
  });
  afterEach(() => rig.remove());

  it('keeps a disk offline and read-only by SAN policy, without touching its signature when it comes online', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 16384)];
    const before = rig.digest(1);
    const host = await rig.start();
    expect(await host.disks()).toMatchObject([
      {},
      { status: 'Offline', offlineReason: 'policy', readOnly: true },
    ]);
    await host.onlineDisk(1);
    expect(rig.digest(1)).toBe(before);
    expect(rig.commands).toContain(`ntfs-3g -o ${MOUNT_OPTIONS},ro /dev/vdb1 /win/HarddiskVolume2`);
    await expect(host.setSignature(1, 9)).rejects.toThrow('Disk 1 is read-only, so nothing was changed.');
    rig.commands.length = 0;
    await host.setReadOnly(1, false);
    expect(rig.commands).toEqual([
      'umount /win/HarddiskVolume2',
      `ntfs-3g -o ${MOUNT_OPTIONS} /dev/vdb1 /win/HarddiskVolume2`,
      'sync',
    ]);
  });

  it('maps a partition through device-mapper where the kernel has no node for it', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 16384)];
    rig.nodes = ['/dev/vda'];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    expect(rig.commands).toEqual([
      'modprobe -a dm-mod',
      'dmsetup create --noudevrules --noudevsync vdb-1 --table 0 16384 linear /dev/vdb 2048',
      'dmsetup mknodes vdb-1',
      `ntfs-3g -o ${MOUNT_OPTIONS} /dev/mapper/vdb-1 /win/HarddiskVolume2`,
    ]);
    rig.commands.length = 0;
    await host.offlineDisk(1);
    expect(rig.commands).toEqual([
      'umount /win/HarddiskVolume2',
      'dmsetup remove --noudevrules --noudevsync vdb-1',
      'sync',
    ]);
  });

  it('shows a volume that cannot be mounted as RAW and serves the others', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096, 16384)];
    rig.answers = (line) => {
      if (line.startsWith('ntfs-3g') && line.includes('/dev/vdb1')) throw new Error('$MFT is damaged.');
      return '';
    };
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    expect(await host.volumes()).toMatchObject([
      { letter: 'C' },
      { letter: 'D', fileSystem: 'RAW', mountPoint: undefined },
      { letter: 'E', fileSystem: 'NTFS', label: 'Label' },
    ]);
    expect(rig.commands).toContain('warning: \\Device\\HarddiskVolume2 cannot be served. $MFT is damaged.');
  });

  it('knows an uninitialised and a damaged dynamic disk', async () => {
    const damaged = mirrorDisks()[0]!;
    for (const sector of [6, SECTORS - 192, SECTORS - 1])
      damaged.bytes.fill(0, sector * 512, (sector + 1) * 512);
    rig.disks = [basicDisk(1, 16384), memoryDisk(new Uint8Array(SECTORS * 512)), damaged];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    expect(await host.disks()).toMatchObject([
      { status: 'Online', freeBytes: (SECTORS - 2048 - 16384) * 512 },
      { status: 'Not Initialized', style: 'raw', signature: undefined },
      { status: 'Errors', dynamic: true, style: 'mbr' },
    ]);
  });

  it('unmounts everything, then syncs and reboots or powers off', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 16384)];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    rig.commands.length = 0;
    await host.restart();
    expect(rig.commands).toEqual([
      '/opt/standin/end-logins',
      'umount /win/HarddiskVolume2',
      'umount /win/C',
      'sync',
      'reboot -f',
    ]);
    await host.shutdown();
    expect(rig.commands.at(-1)).toBe('poweroff -f');
  });

  it('asks the given function about passwords', async () => {
    rig.disks = [basicDisk(1, 16384)];
    const host = await rig.start();
    expect(await host.authenticate('Administrator', 'secret')).toBe(true);
    expect(await host.authenticate('Administrator', 'wrong')).toBe(false);
  });

  it('refuses unknown disks, repeated changes and the loss of its own disk', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 16384)];
    const host = await rig.start();
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

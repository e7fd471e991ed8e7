import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMember } from '../../disk/ldm';
import type { LinuxWindowsHost } from './index';
import { basicDisk, lettersOf, MachineRig, MOUNT_OPTIONS, mirrorDisks, SECTORS } from './testing/machine-rig';

describe('foreign disk groups', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
  });
  afterEach(() => rig.remove());

  describe('a foreign disk group', () => {
    beforeEach(() => {
      rig.disks = [basicDisk(1, 16384), ...mirrorDisks()];
    });

    const bringOnline = async (host: LinuxWindowsHost) => {
      for (const disk of [1, 2]) {
        await host.onlineDisk(disk);
        await host.setReadOnly(disk, false);
      }
    };

    it('is Foreign once online, with no volumes', async () => {
      const host = await rig.start();
      await bringOnline(host);
      expect(await host.disks()).toMatchObject([
        { dynamic: false },
        { status: 'Foreign', dynamic: true },
        { status: 'Foreign', dynamic: true },
      ]);
      expect(await lettersOf(host)).toEqual(['C']);
    });

    it('becomes a letterless mirror by the import of one of its disks', async () => {
      const host = await rig.start();
      await bringOnline(host);
      rig.commands.length = 0;
      await host.importForeign(2);
      const name = 'ldm-00000000-0000-4000-8000-000000000004';
      expect(rig.commands).toEqual([
        'modprobe -a dm-mod dm-mirror',
        `dmsetup create --noudevrules --noudevsync ${name} --table 0 16384 mirror core 2 1024 nosync 2 /dev/vdb 2048 /dev/vdc 2048`,
        `dmsetup mknodes ${name}`,
        `ntfs-3g -o ${MOUNT_OPTIONS} /dev/mapper/${name} /win/HarddiskVolume2`,
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
        serialNumber: 0,
        location: { style: 'dynamic', volumeGuid: '00000000-0000-4000-8000-000000000004' },
        mountPoint: `${rig.mountRoot}/HarddiskVolume2`,
        withoutLetter: false,
      });
      expect(rig.disks.slice(1).map((disk) => readMember(disk)!.vmdb.committedTransaction)).toEqual([4n, 4n]);
      expect(await host.assignLetter(1)).toBe('D');
    });

    it('takes the letter that its record hints at, or the next free one', async () => {
      rig.disks = [basicDisk(1, 16384), ...mirrorDisks('M:')];
      const free = await rig.start({ sanPolicy: 'OnlineAll' });
      await free.importForeign(1);
      expect(await lettersOf(free)).toEqual(['C', 'M']);
      rig.disks = [basicDisk(1, 16384), ...mirrorDisks('C:')];
      const taken = await rig.start({ sanPolicy: 'OnlineAll' });
      await taken.importForeign(1);
      expect(await lettersOf(taken)).toEqual(['C', 'D']);
    });

    it('is not imported from a read-only, an offline or a basic disk', async () => {
      const host = await rig.start();
      await expect(host.importForeign(1)).rejects.toMatchObject({ refusal: 'offline' });
      await host.onlineDisk(1);
      const before = rig.digest(1);
      await expect(host.importForeign(1)).rejects.toMatchObject({ refusal: 'write-protected' });
      expect(rig.digest(1)).toBe(before);
      await expect(host.importForeign(0)).rejects.toMatchObject({ refusal: 'not-foreign' });
    });

    it('runs on one half while the other is away, and copies onto it when it comes', async () => {
      const host = await rig.start();
      await host.onlineDisk(2);
      await host.setReadOnly(2, false);
      await host.importForeign(2);
      const name = 'ldm-00000000-0000-4000-8000-000000000004';
      expect(rig.commands.find((line) => line.includes(name))).toMatch(
        / --table 0 16384 linear \/dev\/vdc 2048$/,
      );
      expect((await host.volumes())[1]).toMatchObject({ status: 'Failed Rd', diskNumbers: [2] });
      await host.setReadOnly(1, false);
      rig.commands.length = 0;
      await host.onlineDisk(1);
      expect(rig.commands).toEqual([
        'umount /win/HarddiskVolume2',
        `dmsetup remove --noudevrules --noudevsync ${name}`,
        'modprobe -a dm-mirror',
        `dmsetup create --noudevrules --noudevsync ${name} --table 0 16384 mirror core 1 1024 2 /dev/vdc 2048 /dev/vdb 2048`,
        `dmsetup mknodes ${name}`,
        `ntfs-3g -o ${MOUNT_OPTIONS} /dev/mapper/${name} /win/HarddiskVolume2`,
        'sync',
      ]);
      rig.answers = () => '0 16384 mirror 2 253:1 253:2 7/16 1 AA 1 core';
      expect((await host.volumes())[1]).toMatchObject({ status: 'Rebuild', diskNumbers: [1, 2] });
      rig.answers = () => '0 16384 mirror 2 253:1 253:2 16/16 1 AA 1 core';
      expect((await host.volumes())[1]).toMatchObject({ status: 'Healthy' });
    });

    it('copies onto a half that was taken offline for a while', async () => {
      const host = await rig.start({ sanPolicy: 'OnlineAll' });
      await host.importForeign(1);
      await host.offlineDisk(1);
      expect((await host.volumes())[1]).toMatchObject({ status: 'Failed Rd' });
      rig.commands.length = 0;
      await host.onlineDisk(1);
      expect(
        rig.commands.some((line) => line.endsWith('mirror core 1 1024 2 /dev/vdc 2048 /dev/vdb 2048')),
      ).toBe(true);
    });

    it('is no foreign group where the running system lies on it', async () => {
      rig.disks = mirrorDisks();
      const host = await rig.start();
      expect(await host.disks()).toMatchObject([{ status: 'Online' }, { status: 'Online' }]);
      expect(await host.volumes()).toMatchObject([
        { letter: 'C', type: 'Mirror', info: 'Boot', mountPoint: '/win/C', diskNumbers: [0, 1] },
      ]);
      expect(rig.commands).toEqual([]);
    });
  });
});

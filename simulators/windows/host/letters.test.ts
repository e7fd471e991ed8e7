import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WindowsHostError } from '../windows-host';
import { basicDisk, MachineRig, MOUNT_OPTIONS } from './testing/machine-rig';

describe('letters', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
  });
  afterEach(() => rig.remove());

  describe('letters', () => {
    beforeEach(() => {
      rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096, 16384)];
    });

    it('moves a volume between its letter and its device folder', async () => {
      const host = await rig.start({ sanPolicy: 'OnlineAll' });
      rig.commands.length = 0;
      await host.removeLetter(1);
      expect((await host.volumes())[1]).toMatchObject({
        letter: undefined,
        mountPoint: `${rig.mountRoot}/HarddiskVolume2`,
      });
      expect(await host.assignLetter(1)).toBe('D');
      expect(rig.commands).toEqual([
        'umount /win/D',
        `ntfs-3g -o ${MOUNT_OPTIONS} /dev/vdb1 /win/HarddiskVolume2`,
        'sync',
        'umount /win/HarddiskVolume2',
        `ntfs-3g -o ${MOUNT_OPTIONS} /dev/vdb1 /win/D`,
        'sync',
      ]);
    });

    it('refuses letters in use, of the system volume, and unknown volumes', async () => {
      const host = await rig.start({ sanPolicy: 'OnlineAll' });
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

  it('hides no letter behind the boot partition of the running system', async () => {
    rig.disks = [basicDisk(1, 4096, 16384)];
    const host = await rig.start({ systemVolume: { offsetBytes: 6144 * 512, mountPoint: '/win/C' } });
    expect(await host.volumes()).toMatchObject([
      { letter: undefined, info: 'System', mountPoint: `${rig.mountRoot}/HarddiskVolume1` },
      { letter: 'C', info: 'Boot', mountPoint: '/win/C' },
    ]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WindowsHostError } from '../windows-host';
import { basicDisk, MachineRig } from './testing/machine-rig';

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

    it('come and go while the volume stays mounted', async () => {
      const host = await rig.start({ sanPolicy: 'OnlineAll' });
      rig.commands.length = 0;
      const mountPoint = `${rig.mountRoot}/HarddiskVolume2`;
      await host.removeLetter(1);
      expect((await host.volumes())[1]).toMatchObject({ letter: undefined, mountPoint });
      expect(await host.assignLetter(1)).toBe('D');
      expect((await host.volumes())[1]).toMatchObject({ letter: 'D', mountPoint });
      expect(rig.commands).toEqual(['sync', 'sync']);
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

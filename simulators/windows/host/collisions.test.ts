import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basicDisk, lettersOf, MachineRig, MOUNT_OPTIONS, SIGNATURE } from './testing/machine-rig';

describe('colliding disks', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
  });
  afterEach(() => rig.remove());

  describe('a disk with the signature of the running system', () => {
    beforeEach(() => {
      rig.disks = [basicDisk(SIGNATURE, 16384), basicDisk(SIGNATURE, 4096, 16384)];
    });

    it('stays offline because of the collision', async () => {
      const host = await rig.start();
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
          serialNumber: 0,
          location: { style: 'mbr', signature: SIGNATURE, offsetBytes: 1048576 },
          mountPoint: '/win/C',
          withoutLetter: false,
        },
      ]);
      expect(rig.commands).toEqual([]);
    });

    it('gets a new random signature when brought online, and its volumes the next letters', async () => {
      const host = await rig.start();
      rig.commands.length = 0;
      await host.onlineDisk(1);
      expect(rig.signatureOf(1)).toBe(0x0badcafe);
      expect(rig.signatureOf(0)).toBe(SIGNATURE);
      expect(await host.disks()).toMatchObject([
        {},
        { status: 'Online', signature: 0x0badcafe, offlineReason: 'none' },
      ]);
      expect(await host.volumes()).toMatchObject([
        { letter: 'C' },
        {
          letter: 'D',
          mountPoint: `${rig.mountRoot}/HarddiskVolume2`,
          location: { signature: 0x0badcafe, offsetBytes: 1048576 },
          info: '',
        },
        {
          letter: 'E',
          mountPoint: `${rig.mountRoot}/HarddiskVolume3`,
          location: { signature: 0x0badcafe, offsetBytes: 6144 * 512 },
        },
      ]);
      expect(rig.commands).toEqual([
        `ntfs-3g -o ${MOUNT_OPTIONS} /dev/vdb1 /win/HarddiskVolume2`,
        `ntfs-3g -o ${MOUNT_OPTIONS} /dev/vdb2 /win/HarddiskVolume3`,
        'sync',
      ]);
    });

    it('goes without a colliding random number', async () => {
      const numbers = [SIGNATURE, 0, 0x12345678];
      const host = await rig.start({ randomSignature: () => numbers.shift()! });
      await host.onlineDisk(1);
      expect(rig.signatureOf(1)).toBe(0x12345678);
    });

    it('is unmounted when taken offline, and gets its letters back', async () => {
      const host = await rig.start();
      await host.onlineDisk(1);
      await host.assignLetter(2, 'x');
      rig.commands.length = 0;
      await host.offlineDisk(1);
      expect(rig.commands).toEqual(['umount /win/HarddiskVolume2', 'umount /win/HarddiskVolume3', 'sync']);
      expect(await lettersOf(host)).toEqual(['C']);
      expect(await host.disks()).toMatchObject([{}, { status: 'Offline', offlineReason: 'policy' }]);
      await host.onlineDisk(1);
      expect(await lettersOf(host)).toEqual(['C', 'D', 'X']);
    });

    it('can have the old signature back once the rescue disk has another', async () => {
      const host = await rig.start();
      await host.onlineDisk(1);
      await host.setSignature(0, 0x01020304);
      await host.setSignature(1, SIGNATURE);
      expect([rig.signatureOf(0), rig.signatureOf(1)]).toEqual([0x01020304, SIGNATURE]);
      expect(await host.disks()).toMatchObject([{ status: 'Online' }, { status: 'Online' }]);
      expect((await host.volumes())[1]).toMatchObject({ letter: 'D', location: { signature: SIGNATURE } });
    });

    it('goes offline when given a signature that is online already', async () => {
      const host = await rig.start();
      await host.onlineDisk(1);
      await host.setSignature(1, SIGNATURE);
      expect(await host.disks()).toMatchObject([
        { status: 'Online' },
        { status: 'Offline', offlineReason: 'collision' },
      ]);
      expect(await lettersOf(host)).toEqual(['C']);
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basicDisk, lettersOf, MachineRig, MOUNT_OPTIONS } from './testing/machine-rig';

describe('raw access', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
  });
  afterEach(() => rig.remove());

  describe('raw bytes', () => {
    beforeEach(() => {
      rig.disks = [basicDisk(1, 16384), basicDisk(2, 16384)];
    });

    it('of a disk change while its volumes are away, which come back as the new table says', async () => {
      const host = await rig.start({ sanPolicy: 'OnlineAll' });
      const table = await host.readDisk(1, 0, 512);
      rig.commands.length = 0;
      await host.writeDisk(1, [{ offsetBytes: 0, bytes: new Uint8Array(512) }]);
      expect(await lettersOf(host)).toEqual(['C']);
      expect(rig.commands).toEqual(['umount /win/HarddiskVolume2', 'sync']);
      await host.writeDisk(1, [{ offsetBytes: 0, bytes: table }]);
      expect(await lettersOf(host)).toEqual(['C', 'D']);
    });

    it('are not written to a disk that is offline or read-only', async () => {
      const host = await rig.start();
      const before = rig.digest(1);
      const patch = [{ offsetBytes: 0, bytes: new Uint8Array(512) }];
      await expect(host.writeDisk(1, patch)).rejects.toMatchObject({ refusal: 'offline' });
      await host.onlineDisk(1);
      await expect(host.writeDisk(1, patch)).rejects.toMatchObject({ refusal: 'write-protected' });
      await expect(host.writeVolume(1, patch)).rejects.toMatchObject({ refusal: 'write-protected' });
      expect(rig.digest(1)).toBe(before);
    });

    it('of a volume are those of its partition, and its files are out of reach while they change', async () => {
      const host = await rig.start({ sanPolicy: 'OnlineAll' });
      rig.commands.length = 0;
      const boot = await host.readVolume(1, 0, 512);
      expect(String.fromCharCode(...boot.subarray(3, 7))).toBe('NTFS');
      boot[510] = 0x55;
      await host.writeVolume(1, [{ offsetBytes: 0, bytes: boot }]);
      expect(rig.disks[1]!.bytes[2048 * 512 + 510]).toBe(0x55);
      expect(rig.commands).toEqual([
        'sync',
        'umount /win/HarddiskVolume2',
        `ntfs-3g -o ${MOUNT_OPTIONS} /dev/vdb1 /win/HarddiskVolume2`,
        'sync',
      ]);
    });
  });
});

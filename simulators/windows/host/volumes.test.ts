import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPartition, MbrType } from '../disk-tables';
import { basicDisk, formatNtfs, lettersOf, MachineRig, MOUNT_OPTIONS } from './testing/machine-rig';

describe('volumes', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096)];
  });
  afterEach(() => rig.remove());

  it('are also the logical drives of an extended partition', async () => {
    const disk = rig.disks[1]!;
    const add = (kind: 'extended' | 'logical', type: number, startSector: number, sizeSectors: number) =>
      disk.apply(addPartition(disk, { kind, type, startSector, sizeSectors, guid: '' }));
    add('extended', MbrType.extended, 8192, 20480);
    add('logical', 7, 10240, 4096);
    add('logical', 7, 16384, 4096);
    formatNtfs(disk, 16384);
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    expect((await host.volumes()).slice(1)).toMatchObject([
      { letter: 'D', fileSystem: 'NTFS' },
      { letter: 'E', fileSystem: 'RAW', location: { offsetBytes: 10240 * 512 } },
      { letter: 'F', fileSystem: 'NTFS', location: { offsetBytes: 16384 * 512 } },
    ]);
    expect(rig.commands).toContain(`ntfs-3g -o ${MOUNT_OPTIONS} /dev/vdb6 /win/HarddiskVolume4`);
  });

  it('can be offline, and keep their letters', async () => {
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    rig.commands.length = 0;
    await host.setVolumeOnline(1, false);
    expect((await host.volumes())[1]).toMatchObject({
      letter: 'D',
      status: 'Offline',
      mountPoint: undefined,
    });
    await host.rescan();
    await host.setVolumeOnline(1, true);
    expect((await host.volumes())[1]).toMatchObject({ letter: 'D', status: 'Healthy' });
    expect(rig.commands).toEqual([
      'umount /win/HarddiskVolume2',
      'sync',
      'sync',
      `ntfs-3g -o ${MOUNT_OPTIONS} /dev/vdb1 /win/HarddiskVolume2`,
      'sync',
    ]);
    await expect(host.setVolumeOnline(0, false)).rejects.toMatchObject({ refusal: 'system-volume' });
  });

  it('are formatted out of reach, with a boot sector that knows its place', async () => {
    rig.disks[1]!.bytes.fill(0, 2048 * 512, 2049 * 512);
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    expect((await host.volumes())[1]).toMatchObject({ fileSystem: 'RAW' });
    rig.commands.length = 0;
    rig.answers = (line) => {
      if (line.startsWith('mkntfs')) formatNtfs(rig.disks[1]!, 2048, 'Daten');
      return '';
    };
    await host.formatVolume(1, { label: 'Daten', quick: true, unitBytes: 8192 });
    expect((await host.volumes())[1]).toMatchObject({ letter: 'D', fileSystem: 'NTFS', label: 'Daten' });
    expect(rig.commands).toEqual([
      'mkntfs --quick --cluster-size 8192 --force --no-indexing --partition-start 2048 --heads 255 --sectors-per-track 63 --sector-size 512 --label Daten /dev/vdb1',
      'blockdev --flushbufs /dev/vdb',
      `ntfs-3g -o ${MOUNT_OPTIONS} /dev/vdb1 /win/HarddiskVolume2`,
      'sync',
    ]);
  });

  it('are not formatted where the system lies, or on a read-only disk', async () => {
    const host = await rig.start();
    await host.onlineDisk(1);
    const format = { label: '', quick: true };
    await expect(host.formatVolume(0, format)).rejects.toMatchObject({ refusal: 'system-volume' });
    await expect(host.formatVolume(1, format)).rejects.toMatchObject({ refusal: 'write-protected' });
    expect(rig.commands.some((line) => line.startsWith('mkntfs'))).toBe(false);
  });

  it('of a colliding disk are there at once on Windows Server 2008, which signs it anew without a word', async () => {
    rig.disks = [basicDisk(2, 16384), basicDisk(2, 4096)];
    const host = await rig.start({ sanPolicy: 'OnlineAll', version: '6.0.6002' });
    expect([rig.signatureOf(0), rig.signatureOf(1)]).toEqual([2, 0x0badcafe]);
    expect(await lettersOf(host)).toEqual(['C', 'D']);
  });

  it('of a colliding disk are there at once on Windows Server 2003, which knows no policy either', async () => {
    rig.disks = [basicDisk(2, 16384), basicDisk(2, 4096)];
    const host = await rig.start({ version: '5.2.3790' });
    expect([rig.signatureOf(0), rig.signatureOf(1)]).toEqual([2, 0x0badcafe]);
    expect((await host.disks())[1]).toMatchObject({ status: 'Online', readOnly: false });
    expect(await lettersOf(host)).toEqual(['C', 'D']);
  });

  it('of such a disk wait where the policy keeps it offline', async () => {
    rig.disks = [basicDisk(2, 16384), basicDisk(2, 4096)];
    const host = await rig.start({ version: '6.0.6002' });
    expect((await host.disks())[1]).toMatchObject({
      status: 'Offline',
      offlineReason: 'policy',
      signature: 0x0badcafe,
    });
  });
});

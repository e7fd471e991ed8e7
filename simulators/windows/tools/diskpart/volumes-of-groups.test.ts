import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assembleGroups, openVolume, readMember } from '../../../disk/ldm';
import { countingGuids, createdDisks } from '../../../disk/testing/ldm-disks';
import { haveLdmtool, ldmtool, memoryDisk } from '../../../disk/testing/ldm-samples';
import type { LinuxWindowsHost } from '../../host';
import { basicDisk, MachineRig, SECTORS } from '../../host/testing/machine-rig';
import { session } from './testing/session';

const COPYING = '0 16384 mirror 2 253:1 253:2 7/16 1 AA 1 core';
const IN_SYNC = '0 16384 mirror 2 253:1 253:2 16/16 1 AA 1 core';

describe('volumes of dynamic disks', () => {
  let rig: MachineRig;
  let host: LinuxWindowsHost;
  const start = async () =>
    rig.start({ sanPolicy: 'OnlineAll', version: '10.0.20348', primaryDiskGroup: 'WINRESCUE-Dg0' });
  const convert = ['select disk 1', 'convert dynamic', 'select disk 2', 'convert dynamic'];
  beforeEach(async () => {
    rig = new MachineRig();
    rig.disks = [basicDisk(1, 16384), ...[1, 2].map(() => memoryDisk(new Uint8Array(2 * SECTORS * 512)))];
    rig.answers = (line) => (line.startsWith('dmsetup status') ? COPYING : '');
    host = await start();
    await session(host, ...convert);
  });
  afterEach(() => rig.remove());

  const groups = (disks = [1, 2]) => assembleGroups(disks.map((disk) => readMember(rig.disks[disk]!)!));
  /** The volume table's rows from the type on. */
  const rows = async () =>
    ((await session(host, 'list volume'))[0] ?? '')
      .split('\n')
      .slice(2)
      .map((row) => row.slice(39).trim().replace(/ +/g, ' '));

  it('are created with the focus on them, and deleted', async () => {
    const answers = await session(
      host,
      'create volume simple size=4 disk=1',
      'detail volume',
      'create volume stripe size=2 disk=1,2',
      'create volume mirror size=2 disk=1,2',
      'create volume raid disk=1,2',
      'create volume simple size=900 disk=1',
      'create volume simple size=1 disk=0',
      'create volume mirror size=1 disk=1,1',
      'list disk',
    );
    // Seen on real Windows.
    const created = 'DiskPart successfully created the volume.';
    expect([answers[0], answers[2], answers[3]]).toEqual([created, created, created]);
    expect(answers[1]).toMatch(/^\* Disk 1 /m);
    // vdserr.h of the Windows SDK.
    expect(answers[4]).toBe(
      'Virtual Disk Service error:\nThe number of disks specified is invalid for this operation.',
    );
    expect(answers[5]).toContain('The specified disk extent size exceeds the size of free disk space.');
    expect(answers[6]).toBe('The disk you specified is not dynamic.');
    expect(answers[7]).toContain('The same disk was specified more than once.');
    expect(await rows()).toEqual([
      expect.stringMatching(/^Partition/),
      'Simple 4096 KB Healthy',
      'Stripe 4096 KB Healthy',
      'Mirror 2048 KB Rebuild',
    ]);
    expect((await session(host, 'select volume 2', 'delete volume'))[1]).toBe(
      'DiskPart successfully deleted the volume.',
    );
    expect(groups()[0]!.volumes.map(({ layout }) => layout)).toEqual(['simple', 'mirrored']);
  });

  it('get a mirror, which is copied, and break again', async () => {
    await session(host, 'create volume simple size=4 disk=1');
    const answers = await session(host, 'select volume 1', 'add disk=2', 'add disk 2', 'break disk=2');
    // Seen on real Windows.
    expect(answers[1]).toBe('DiskPart succeeded in adding a mirror to the volume.');
    expect(answers[2]).toContain('This operation is only supported on simple or spanned volumes.');
    // vdserr.h of the Windows SDK, VDS_E_VOLUME_SYNCHRONIZING.
    expect(answers[3]).toContain('The operation cannot be completed because the volume is synchronizing.');
    expect(rig.commands.filter((line) => / mirror core 1 /.test(line)).at(-1)).toMatch(
      / 2 \/dev\/vdb 128 \/dev\/vdc 128$/,
    );
    expect(await rows()).toContain('Mirror 4096 KB Rebuild');
    rig.answers = () => IN_SYNC;
    expect(await rows()).toContain('Mirror 4096 KB Healthy');
    const broken = await session(host, 'select volume 1', 'break disk 2', 'detail volume');
    expect(broken[1]).toBe('DiskPart successfully broke the mirror volume.');
    // The half that was broken off has the focus (Microsoft's page on break).
    expect(broken[2]).toMatch(/^\* Disk 2 /m);
    expect(await rows()).toEqual([expect.anything(), 'Simple 4096 KB Healthy', 'Simple 4096 KB Healthy']);
  });

  it('lose a missing disk as in the guide for a replaced one', async () => {
    await session(host, 'create volume mirror size=4 disk=1,2');
    rig.answers = () => IN_SYNC;
    await host.volumes();
    await host.shutdown();
    rig.disks = [rig.disks[0]!, rig.disks[1]!, memoryDisk(new Uint8Array(2 * SECTORS * 512))];
    host = await start();
    const answers = await session(
      host,
      'list disk',
      'select disk M0',
      'list disk',
      'delete disk',
      'select volume 1',
      'break disk=M0 nokeep',
      'select disk m0',
      'delete disk',
      'list disk',
      'select disk 2',
      'convert dynamic',
      'select volume 1',
      'add disk 2',
    );
    // The row and the four answers were seen on real Windows.
    expect(answers[0]).toContain('\n  Disk M0   Missing            0 B      0 B   *');
    expect(answers[1]).toBe('Disk M0 is now the selected disk.');
    expect(answers[2]).toContain('\n* Disk M0   Missing ');
    // vdserr.h of the Windows SDK, VDS_E_VOLUME_ON_DISK.
    expect(answers[3]).toBe(
      'Virtual Disk Service error:\nThis operation is not allowed on disks with volumes.',
    );
    expect(answers[5]).toBe('DiskPart successfully broke the mirror volume.');
    expect(answers[7]).toBe('DiskPart successfully deleted the missing disk.');
    expect(answers[8]).not.toContain('Missing');
    expect(answers[12]).toBe('DiskPart succeeded in adding a mirror to the volume.');
    expect(groups()[0]!.volumes.map(({ layout }) => layout)).toEqual(['mirrored']);
  });

  it('get another disk for a missing RAID-5 column, which is worked out at once', async () => {
    const request = {
      groupName: 'WINRESCUE-Dg0',
      disks: [1, 2, 3].map((signature) => ({ sizeSectors: SECTORS, signature: signature << 8 })),
      volumes: [{ name: 'R', layout: 'raid5', sizeSectors: 128 * 2 * 8 }],
      now: new Date(0),
      newGuid: countingGuids(),
    } as const;
    const { disks } = createdDisks(request);
    const members = disks.map((disk) => readMember(disk)!);
    const [volume] = assembleGroups(members)[0]!.volumes;
    const data = Uint8Array.from(
      { length: 128 * 2 * 8 * 512 },
      (_, index) => (index * 11 + (index >> 9)) % 251,
    );
    const writes = openVolume(volume!, (member) => disks[members.indexOf(member)]).writeVolume(0, data);
    for (const { member, patches } of writes) disks[members.indexOf(member)]!.apply(patches);
    rig.disks = [disks[0]!, disks[1]!, memoryDisk(new Uint8Array(SECTORS * 512))];
    rig.answers = (line) => (line.startsWith('dmsetup status') ? IN_SYNC : '');
    host = await rig.start({
      sanPolicy: 'OnlineAll',
      primaryDiskGroup: 'WINRESCUE-Dg0',
      ownsAllGroups: true,
      // Not where the volume lies.
      systemVolume: { offsetBytes: 63 * 512, mountPoint: '/win/C' },
    });
    const answers = await session(
      host,
      'list volume',
      'select disk 2',
      'convert dynamic',
      'select volume 0',
      'repair disk=2',
      'repair disk=2',
    );
    expect(answers[0]).toMatch(/RAID-5 +1024 KB {2}Failed Rd/);
    expect(answers[4]).toBe('DiskPart successfully repaired the volume.');
    // vdserr.h of the Windows SDK, VDS_E_DISK_IN_USE_BY_VOLUME.
    expect(answers[5]).toContain('The disk is already in use by the volume.');
    const now = rig.disks.map((disk) => readMember(disk)!);
    expect(new Set(now.map(({ vmdb }) => vmdb.committedTransaction)).size).toBe(1);
    const repaired = assembleGroups(now)[0]!.volumes[0]!;
    // Without one of the old disks: the new column is in use then.
    const read = openVolume(repaired, (member) =>
      now[0] === member ? undefined : rig.disks[now.indexOf(member)],
    );
    expect(Buffer.compare(read.read(0, data.length), data)).toBe(0);
  });

  it('grow onto another disk', async () => {
    await session(host, 'create volume simple size=4 disk=1');
    const answers = await session(
      host,
      'select volume 1',
      'extend size=2',
      'extend size=3 disk=2',
      'extend size=900 disk=2',
    );
    // Seen on real Windows.
    expect(answers.slice(1, 3)).toEqual(Array(2).fill('DiskPart successfully extended the volume.'));
    expect(answers[3]).toBe(
      'There is not enough usable free space on specified disk(s) to extend the\nvolume.',
    );
    expect(await rows()).toContain('Spanned 9216 KB Healthy');
  });

  it('stay in place where another one of their group changes', async () => {
    await session(host, 'create volume simple size=4 disk=1', 'create volume simple size=4 disk=1');
    const before = rig.commands.length;
    await session(host, 'select volume 2', 'delete volume');
    const removed = rig.commands.slice(before).filter((line) => line.startsWith('dmsetup remove'));
    expect(removed).toHaveLength(1);
  });

  it.skipIf(!haveLdmtool)('are the same for ldmtool', async () => {
    await session(
      host,
      'create volume simple size=4 disk=1',
      'create volume stripe size=2 disk=1,2',
      'create volume mirror size=2 disk=2,1',
    );
    const folder = mkdtempSync(join(tmpdir(), 'rescue-lab-created-'));
    try {
      const paths = [1, 2].map((disk) => {
        const path = join(folder, `disk${disk}.img`);
        writeFileSync(path, rig.disks[disk]!.bytes);
        return path;
      });
      const [group] = groups();
      const shown = ldmtool(
        paths,
        group!.volumes.map(({ name }) => `show volume ${group!.guid} ${name}`),
      );
      expect(shown.slice(1)).toMatchObject([
        { type: 'simple', size: 8192 },
        { type: 'striped', size: 8192 },
        { type: 'mirrored', size: 4096 },
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basicDisk, MachineRig } from '../../host/testing/machine-rig';
import { rescueHost, session } from './testing/session';

describe('the focus', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096, 4096)];
  });
  afterEach(() => rig.remove());

  it('of a volume is also on its disk and partition, and that of a partition on its volume', async () => {
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    const answers = await session(
      host,
      'select volume 2',
      'list disk',
      'list partition',
      'select partition 1',
      'select volume',
      'select disk 0',
      'select partition',
      'select volume',
    );
    expect(answers[1]).toMatch(/^\* Disk 1 /m);
    expect(answers[2]).toMatch(/^\* Partition 2 /m);
    expect(answers[4]).toBe('Volume 1 is the selected volume.');
    expect(answers[6]).toBe('There is no partition selected.');
    expect(answers[7]).toBe('There is no volume selected.');
  });

  it('follows the words system and next, and is lost by a wrong number', async () => {
    const answers = await session(
      rescueHost(),
      'select disk system',
      'select disk next',
      'select disk=next',
      'select disk',
      'sel vol 1x',
    );
    expect(answers).toEqual([
      'Disk 0 is now the selected disk.',
      'Disk 1 is now the selected disk.',
      'The disk you specified is not valid.\n\nThere is no disk selected.',
      'There is no disk currently selected.',
      'The volume you selected is not valid or does not exist.\n\nThere is no volume selected.',
    ]);
  });

  it('stays on a volume when others come before it', async () => {
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    await host.offlineDisk(1);
    await host.onlineDisk(1);
    const answers = await session(host, 'select volume E', 'list volume');
    expect(answers[1]).toMatch(/^\* Volume 2 {5}E /m);
  });
});

describe('help', () => {
  it('lists the commands, or what a half command can be about', async () => {
    const answers = await session(
      rescueHost(),
      'help',
      'frobnicate',
      'detail',
      'help create partition',
      'help list disk',
      'list disk volume',
      'list vdisk',
      'retain',
      'expand',
      'det vol',
    );
    const top = answers[0]?.split('\n') ?? [];
    // The version above the list: seen on real Windows. The one-line descriptions are ours.
    expect(top[0]).toBe('Microsoft DiskPart version 10.0.17763');
    const names = top.slice(2).map((line) => line.split(' ')[0]);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(
      expect.arrayContaining([
        ...['ACTIVE', 'ASSIGN', 'ATTRIBUTES', 'CLEAN', 'CONVERT', 'CREATE', 'DELETE', 'DETAIL', 'EXIT'],
        ...['EXTEND', 'FILESYSTEMS', 'FORMAT', 'GPT', 'HELP', 'IMPORT', 'INACTIVE', 'LIST', 'OFFLINE'],
        ...['ONLINE', 'RECOVER', 'REM', 'REMOVE', 'RESCAN', 'SAN', 'SELECT', 'SETID', 'SHRINK', 'UNIQUEID'],
      ]),
    );
    expect(answers[1]).toBe(answers[0]);
    expect(
      answers[2]
        ?.split('\n')
        .slice(2)
        .map((line) => line.slice(0, 14)),
    ).toEqual(['DISK        - ', 'PARTITION   - ', 'VOLUME      - ']);
    expect(answers[3]).toMatch(/^MSR {9}- /m);
    expect(answers[4]).toContain('LIST DISK - All disks.');
    // Seen on real Windows.
    expect(answers[5]).toBe(
      'The arguments specified for this command are not valid.\nFor more information on the command type: HELP LIST DISK',
    );
    expect(answers[6]).toBe('There are no virtual disks to show.');
    const absent =
      'Virtual Disk Service error:\nThis stand-in does not have this command. Nothing was changed.';
    expect(answers.slice(7, 9)).toEqual([absent, absent]);
    expect(answers[9]).toContain('There is no volume selected.');
  });

  it('of rescan is its two lines', async () => {
    const [scan] = await session(rescueHost(), 'rescan');
    // The second one was seen on real Windows.
    expect(scan).toBe(
      'Please wait while DiskPart scans your configuration...\n\nDiskPart has finished scanning your configuration.',
    );
  });
});

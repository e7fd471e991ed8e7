import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryDisk } from '../../../disk/testing/ldm-samples';
import type { LinuxWindowsHost } from '../../host';
import { basicDisk, formatNtfs, lettersOf, MachineRig, SECTORS } from '../../host/testing/machine-rig';
import { session } from './testing/session';

describe('volumes', () => {
  let rig: MachineRig;
  let host: LinuxWindowsHost;
  beforeEach(async () => {
    rig = new MachineRig();
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096), memoryDisk(new Uint8Array(4 * SECTORS * 512))];
    host = await rig.start({ sanPolicy: 'OnlineAll' });
  });
  afterEach(() => rig.remove());

  it('are made from nothing to a letter in one script', async () => {
    rig.answers = (line) => {
      if (line.startsWith('mkntfs')) formatNtfs(rig.disks[2]!, 2048, 'My data');
      return '';
    };
    const answers = await session(
      host,
      'select disk 2',
      'clean',
      'create partition primary align=1024',
      'format fs=ntfs label="My data" quick unit=8192',
      'assign letter=E',
      'list volume',
      'detail volume',
      'filesystems',
    );
    // Seen on real Windows.
    expect(answers[3]).toBe('  100 percent completed\n\nDiskPart successfully formatted the volume.');
    expect(answers[5]).toContain('* Volume 2     E   My data      NTFS   Partition     62 MB  Healthy');
    expect(rig.commands).toContainEqual(
      expect.stringMatching(
        /^mkntfs --quick --cluster-size 8192 .* --partition-start 2048 .* --label My data \/dev\/vdc1$/,
      ),
    );
    // Fields and spacing as in a transcript of version 10.
    expect(answers[6]?.split('\n')).toEqual([
      '  Disk ###  Status         Size     Free     Dyn  Gpt',
      '  --------  -------------  -------  -------  ---  ---',
      '* Disk 2    Online           64 MB  1024 KB',
      '',
      'Read-only              : No',
      'Hidden                 : No',
      'No Default Drive Letter: No',
      'Shadow Copy            : No',
      'Offline                : No',
      'BitLocker Encrypted    : No',
      'Installable            : Yes',
      '',
      'Volume Capacity        :   62 MB',
      expect.stringMatching(/^Volume Free Space {6}: +\d+ [KMGT]?B$/),
    ]);
    expect(answers[7]).toMatch(/^Current File System\n\n {2}Type {17}: NTFS\n/);
  });

  it('are not formatted with what is not there, nor where the system lies', async () => {
    const answers = await session(
      host,
      'format',
      'select volume d',
      'format fs=fat32',
      'format label="a*b"',
      'format unit=100',
      'format quick compress',
      'select volume c',
      'format quick',
    );
    // Seen on real Windows.
    expect(answers[0]).toBe('There is no volume selected.\nPlease select a volume and try again.');
    // The sentences of vdserr.h of the Windows SDK.
    const service = (text: string) => `Virtual Disk Service error:\n${text}`;
    expect([answers[2], answers[3], answers[5], answers[7]]).toEqual([
      service('The FAT32 file system format is not supported on this volume.'),
      service('The label is illegal.'),
      service('The specified file system does not support compression.'),
      service(
        'Format is not allowed on the current boot, system, pagefile,\ncrashdump or hibernation volume.',
      ),
    ]);
    expect(answers[4]).toContain('HELP FORMAT');
    expect(rig.commands.some((line) => line.startsWith('mkntfs'))).toBe(false);
  });

  it('go offline and online, and lose their letters with a dismount', async () => {
    const answers = await session(
      host,
      'select volume d',
      'offline volume',
      'list volume',
      'online volume',
      'remove all dismount',
      'list volume',
      'assign mount=C:\\data',
    );
    expect(answers[1]).toBe('DiskPart successfully offlined the selected volume.');
    expect(answers[2]).toMatch(/^\* Volume 1 {5}D .* Offline$/m);
    expect(answers[3]).toBe('DiskPart successfully onlined the selected volume.');
    expect(answers[5]).toMatch(/^\* Volume 1 {9}Label .* Offline$/m);
    expect(answers[6]).toContain('This stand-in has no mount points in folders, only letters.');
    expect(await lettersOf(host)).toEqual(['C', undefined]);
  });

  it('have attributes on a GPT disk, which the host heeds', async () => {
    const answers = await session(
      host,
      'select disk 2',
      'convert gpt',
      'create partition primary size=8',
      'attributes volume set nodefaultdriveletter',
      'attributes volume set readonly',
      'attributes volume',
      'attributes volume clear readonly',
      'attributes volume set nonsense',
      'select volume d',
      'attributes volume clear hidden',
      'attributes volume set hidden',
    );
    // The sentences and the four lines are in programs that read diskpart's output.
    expect(answers[3]).toBe('Volume attributes set successfully.');
    expect(answers[5]?.split('\n')).toEqual([
      'Read-only              : Yes',
      'Hidden                 : No',
      'No Default Drive Letter: Yes',
      'Shadow Copy            : No',
    ]);
    expect(answers[6]).toBe('Volume attributes cleared successfully.');
    expect(answers[7]).toContain('HELP ATTRIBUTES VOLUME');
    expect(answers[9]).toBe('Volume attributes cleared successfully.');
    expect(answers[10]).toContain('This stand-in keeps attributes only for basic data volumes of GPT disks.');
  });

  it('are deleted with their partition', async () => {
    const answers = await session(host, 'select volume d', 'delete volume', 'list volume', 'detail volume');
    expect(answers[1]).toBe('DiskPart successfully deleted the volume.');
    expect(answers[2]).not.toContain('Volume 1');
    expect(answers[3]).toContain('There is no volume selected.');
  });
});

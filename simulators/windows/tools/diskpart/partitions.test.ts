import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PARTITION_TYPES } from '../../../disk/gpt';
import { memoryDisk } from '../../../disk/testing/ldm-samples';
import { readDiskTable } from '../../disk-tables';
import type { LinuxWindowsHost } from '../../host';
import { basicDisk, lettersOf, MachineRig, SECTORS } from '../../host/testing/machine-rig';
import { session } from './testing/session';

const CREATED = 'DiskPart succeeded in creating the specified partition.';
const protectedPartition =
  'Virtual Disk Service error:\nCannot delete a protected partition without the force protected parameter set.';

describe('partitions', () => {
  let rig: MachineRig;
  let host: LinuxWindowsHost;
  beforeEach(async () => {
    rig = new MachineRig();
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096), memoryDisk(new Uint8Array(SECTORS * 512))];
    host = await rig.start({ sanPolicy: 'OnlineAll' });
  });
  afterEach(() => rig.remove());
  const partitions = (disk: number) => readDiskTable(rig.disks[disk]!).partitions;

  it('are listed and shown in detail as real Windows does for MBR disks', async () => {
    const answers = await session(
      host,
      'list partition',
      'select disk 1',
      'create partition extended size=8',
      'create partition logical',
      'list par',
      'select partition 1',
      'detail partition',
      'select partition 9',
      'detail partition',
    );
    // Seen on real Windows: the sentences, the table, the number 0 of an extended partition, and the fields.
    expect(answers[0]).toBe('There is no disk selected to list partitions.\nSelect a disk and try again.');
    expect(answers[4]?.split('\n')).toEqual([
      '  Partition ###  Type              Size     Offset',
      '  -------------  ----------------  -------  -------',
      '  Partition 1    Primary           2048 KB  1024 KB',
      '  Partition 0    Extended          8192 KB  3072 KB',
      '* Partition 2    Logical           8128 KB  3136 KB',
    ]);
    expect(answers[5]).toBe('Partition 1 is now the selected partition.');
    expect(answers[6]?.split('\n')).toEqual([
      'Partition 1',
      'Type  : 07',
      'Hidden: No',
      'Active: Yes',
      'Offset in Bytes: 1048576',
      '',
      '  Volume ###  Ltr  Label        Fs     Type        Size     Status     Info',
      '  ----------  ---  -----------  -----  ----------  -------  ---------  --------',
      '* Volume 1     D   Label        NTFS   Partition   2048 KB  Healthy',
    ]);
    expect(answers[7]).toBe(
      'The specified partition is not valid.\nPlease select a valid partition.\n\nThere is no partition selected.',
    );
    expect(answers[8]).toBe('There is no partition selected.\nPlease select a partition and try again.');
  });

  it('are listed and shown in detail as real Windows does for GPT disks', async () => {
    // Version 10: the reserved partition ends at 16 MiB, so a disk of 16 MiB has no room for it.
    rig.disks[2] = memoryDisk(new Uint8Array(3 * SECTORS * 512));
    host = await rig.start({ sanPolicy: 'OnlineAll' });
    const answers = await session(
      host,
      'select disk 2',
      'convert gpt',
      'create partition efi size=4',
      'create partition primary size=8',
      'gpt attributes=0x8000000000000001',
      'list partition',
      'detail partition',
      'delete partition',
      'delete partition override',
      'list disk',
    );
    // Seen on real Windows: the sentences, the table and the fields.
    expect(answers[1]).toBe('DiskPart successfully converted the selected disk to GPT format.');
    expect(answers[4]).toBe('DiskPart successfully assigned the attributes to the selected GPT partition.');
    expect(answers[5]?.split('\n').slice(2)).toEqual([
      '  Partition 1    Reserved            15 MB    17 KB',
      '  Partition 2    System            4096 KB    16 MB',
      '* Partition 3    Primary           8192 KB    20 MB',
    ]);
    expect(answers[6]?.split('\n').slice(0, 6)).toEqual([
      'Partition 3',
      `Type    : ${PARTITION_TYPES.basicData}`,
      'Hidden  : No',
      'Required: Yes',
      'Attrib  : 0X8000000000000001',
      'Offset in Bytes: 20971520',
    ]);
    expect(answers[7]).toBe(protectedPartition);
    expect(answers[8]).toBe('DiskPart successfully deleted the selected partition.');
    expect(answers[9]).toMatch(/^\* Disk 2 {4}Online .* \*$/m);
    expect(partitions(2)).toHaveLength(2);
  });

  it('are created on a disk without a table, which becomes an MBR disk, and have no letter before assign', async () => {
    const answers = await session(
      host,
      'select disk 2',
      'list partition',
      'create partition primary size=4 align=1024',
      'active',
      'list volume',
      'assign letter=S',
    );
    // Seen on real Windows.
    expect(answers.slice(1, 4)).toEqual([
      'There are no partitions on this disk to show.',
      CREATED,
      'DiskPart marked the current partition as active.',
    ]);
    expect(answers[4]).toMatch(/^\* Volume 2 {20,}RAW {4}Partition {3}4096 KB {2}Healthy$/m);
    expect(await lettersOf(host)).toEqual(['C', 'D', 'S']);
    expect(partitions(2)).toMatchObject([{ startSector: 2048, sizeSectors: 8192, type: 7, active: true }]);
  });

  it('need room, and the right kind of table', async () => {
    const answers = await session(
      host,
      'select disk 1',
      'create partition primary size=100',
      'create partition efi',
      'create partition logical',
      'create partition primary offset=8192 size=1 id=27',
      'create partition primary size=x',
      'create partition',
    );
    expect(answers[1]).toMatch(/^No usable free extent could be found\./);
    // vdserr.h of the Windows SDK, VDS_E_PARTITION_STYLE_MISMATCH.
    expect(answers[2]).toBe(
      'Virtual Disk Service error:\nThe specified partition style does not match that of the disk.',
    );
    expect(answers[3]).toMatch(/^No usable free extent could be found\./);
    expect(answers[4]).toBe(CREATED);
    expect(partitions(1)[1]).toMatchObject({ startSector: 16384, sizeSectors: 2048, type: 0x27 });
    // The two lines were seen on real Windows, after another command.
    expect(answers[5]).toBe(
      'The arguments specified for this command are not valid.\nFor more information on the command type: HELP CREATE PARTITION PRIMARY',
    );
    expect(answers[6]).toMatch(/^EFI {9}- /m);
  });

  it('change their type, their active flag, and go; recovery partitions only when told to override', async () => {
    const answers = await session(
      host,
      'select disk 1',
      'select partition 1',
      'inactive',
      'set id=27',
      'setid id=05',
      'setid id=zz',
      'gpt attributes=1',
      'delete partition',
      'delete partition override',
      'list partition',
    );
    expect(answers.slice(2)).toEqual([
      'DiskPart marked the current partition as inactive.',
      'DiskPart successfully set the partition ID.',
      // vdserr.h of the Windows SDK, VDS_E_INVALID_PARTITION_TYPE.
      'Virtual Disk Service error:\nThe specified partition type is not valid for this operation.',
      'Virtual Disk Service error:\nThe specified partition type is not valid for this operation.',
      'The selected disk is not a fixed GPT disk.',
      protectedPartition,
      'DiskPart successfully deleted the selected partition.',
      'There are no partitions on this disk to show.',
    ]);
  });

  it('of the running system stay, and the active flag belongs to MBR disks', async () => {
    const before = rig.digest(0);
    const answers = await session(
      host,
      'select disk 0',
      'select partition 1',
      'delete partition override',
      'delete volume',
      'set id=27',
      'select disk 2',
      'convert gpt',
      'convert mbr',
      'create partition extended size=4',
      'active',
      'delete disk',
    );
    // vdserr.h of the Windows SDK, VDS_E_DELETE_WITH_CRITICAL.
    const critical =
      'Virtual Disk Service error:\nDelete is not allowed on the current boot, system, pagefile,\ncrashdump or hibernation volume.';
    expect(answers.slice(2, 5)).toEqual([critical, critical, critical]);
    expect(rig.digest(0)).toBe(before);
    // vdserr.h of the Windows SDK, VDS_E_DISK_NOT_CONVERTIBLE_SIZE.
    expect(answers[6]).toContain('The specified disk is not convertible because the size is less than');
    expect(answers[9]).toContain('Only a primary partition can be marked as active.');
    expect(answers[10]).toBe('Virtual Disk Service error:\nThe disk is not missing.');
  });

  it('in an extended partition go before it does', async () => {
    const answers = await session(
      host,
      'select disk 1',
      'create partition extended',
      'create partition logical size=2',
      'create partition logical size=2',
      'select partition 0',
      'delete partition',
      'select partition 2',
      'delete partition',
      'list partition',
    );
    expect(answers[5]).toContain('The extended partition still holds logical drives.');
    expect(answers[8]?.split('\n').slice(3)).toEqual([
      '  Partition 0    Extended            12 MB  3072 KB',
      '  Partition 2    Logical           2048 KB  5248 KB',
    ]);
  });
});

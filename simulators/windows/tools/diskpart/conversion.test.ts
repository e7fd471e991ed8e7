import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assembleGroups, readMember } from '../../../disk/ldm';
import { haveLdmtool, ldmtool, memoryDisk } from '../../../disk/testing/ldm-samples';
import { readDiskTable } from '../../disk-tables';
import type { LinuxWindowsHost } from '../../host';
import { basicDisk, lettersOf, MachineRig, SECTORS } from '../../host/testing/machine-rig';
import { session } from './testing/session';

describe('converting and cleaning', () => {
  let rig: MachineRig;
  let host: LinuxWindowsHost;
  beforeEach(async () => {
    rig = new MachineRig();
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096), memoryDisk(new Uint8Array(4 * SECTORS * 512))];
    host = await rig.start({ sanPolicy: 'OnlineAll', version: '6.1.7601' });
  });
  afterEach(() => rig.remove());

  it('takes the table off a disk, but never off that of the running system', async () => {
    const before = rig.digest(0);
    const answers = await session(
      host,
      'select disk 0',
      'clean',
      'select disk 1',
      'clean',
      'list disk',
      'clean all',
    );
    // Seen on real Windows; also in vdserr.h of the Windows SDK.
    expect(answers[1]).toBe(
      'Virtual Disk Service error:\nClean is not allowed on the disk containing the current boot,\nsystem, pagefile, crashdump or hibernation volume.',
    );
    expect(answers[3]).toBe('DiskPart succeeded in cleaning the disk.');
    expect(answers[4]).toContain('* Disk 1    Online           16 MB    16 MB');
    expect(rig.digest(0)).toBe(before);
    expect(rig.disks[1]!.bytes.every((byte) => byte === 0)).toBe(true);
    expect(await lettersOf(host)).toEqual(['C']);
  });

  it('turns empty disks from MBR to GPT and back', async () => {
    const answers = await session(
      host,
      'select disk 2',
      'convert gpt',
      'list partition',
      'convert gpt',
      'convert mbr',
      'convert mbr',
      'uniqueid disk',
      'select disk 1',
      'convert gpt',
    );
    // The reserved partition of version 6.1 on a small disk.
    expect(answers[2]).toContain('  Partition 1    Reserved            32 MB    17 KB');
    expect(answers[3]).toBe(
      'The disk you specified is not MBR formatted.\nPlease select an empty MBR disk to convert.',
    );
    expect(answers[4]).toBe('DiskPart successfully converted the selected disk to MBR format.');
    expect(answers[5]).toContain('The disk you specified is not GPT formatted.');
    expect(answers[6]).toMatch(/^Disk ID: [0-9A-F]{8}$/);
    // vdserr.h of the Windows SDK, VDS_E_DISK_NOT_CONVERTIBLE.
    expect(answers[8]).toContain('The specified disk is not convertible. CDROMs and DVDs');
    expect(readDiskTable(rig.disks[2]!)).toMatchObject({ style: 'mbr', partitions: [] });
  });

  it('makes an empty disk dynamic, and basic again', async () => {
    const answers = await session(
      host,
      'select disk 2',
      'convert dynamic',
      'list disk',
      'create partition primary',
      'retain',
      'convert dynamic',
      'convert basic',
      'list disk',
      'convert basic',
    );
    // Seen on real Windows.
    expect(answers[1]).toBe('DiskPart successfully converted the selected disk to dynamic format.');
    expect(answers[2]).toMatch(/^\* Disk 2 {4}Online +64 MB +\d+ MB {3}\*$/m);
    expect(answers[3]).toContain('Partitions cannot be created on a dynamic disk.');
    expect(answers[4]).toContain('This stand-in does not have this command. Nothing was changed.');
    // vdserr.h of the Windows SDK, VDS_E_DISK_DYNAMIC.
    expect(answers[5]).toBe('Virtual Disk Service error:\nThe disk is already dynamic.');
    expect(answers[6]).toBe('DiskPart successfully converted the selected disk to basic format.');
    expect(answers[7]).toMatch(/^\* Disk 2 {4}Online +64 MB +\d+ MB$/m);
    expect(answers[8]).toBe('The disk you specified is not dynamic.');
  });

  it('lets a second empty disk join the group, GPT ones too', async () => {
    const answers = await session(
      host,
      'select disk 1',
      'list disk',
      'clean',
      'convert dynamic',
      'select disk 2',
      'convert gpt',
      'convert dynamic',
      'list partition',
      'list disk',
    );
    const converted = 'DiskPart successfully converted the selected disk to dynamic format.';
    expect([answers[3], answers[6]]).toEqual([converted, converted]);
    // Places as in samples of Windows Server 2008 R2.
    expect(answers[7]?.split('\n').slice(2)).toEqual([
      '  Partition 1    Dynamic Reserved  1024 KB    17 KB',
      '  Partition 2    Reserved            31 MB  1041 KB',
      '  Partition 3    Dynamic Data        31 MB    32 MB',
    ]);
    expect(answers[8]).toMatch(/^ {2}Disk 1 {4}Online .* \*$/m);
    expect(answers[8]).toMatch(/^\* Disk 2 {4}Online .* \* {4}\*$/m);
    const groups = assembleGroups([1, 2].map((disk) => readMember(rig.disks[disk]!)!));
    expect(groups.map(({ name, disks }) => [name, disks.length])).toEqual([['WINRESCUE-Dg0', 2]]);
  });

  it.skipIf(!haveLdmtool)('makes a disk group that ldmtool reads', async () => {
    await session(
      host,
      'select disk 1',
      'clean',
      'convert dynamic',
      'select disk 2',
      'convert gpt',
      'convert dynamic',
    );
    const folder = mkdtempSync(join(tmpdir(), 'rescue-lab-convert-'));
    try {
      const images = [1, 2].map((disk) => join(folder, `${disk}.img`));
      images.forEach((image, index) => {
        writeFileSync(image, rig.disks[index + 1]!.bytes);
      });
      const { groupGuid } = readMember(rig.disks[1]!)!.privHead;
      const [scan, group] = ldmtool(images, [`show diskgroup ${groupGuid}`]);
      expect(scan).toEqual([groupGuid]);
      expect(group).toMatchObject({ name: 'WINRESCUE-Dg0', disks: ['Disk1', 'Disk2'], volumes: [] });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('sets the GUID of a GPT disk, which goes offline when another one has it', async () => {
    rig.disks[1] = memoryDisk(new Uint8Array(4 * SECTORS * 512));
    host = await rig.start({ sanPolicy: 'OnlineAll', version: '6.1.7601' });
    const id = 'BAF784E7-6BBD-4CFB-AAAC-E86C96E166EE';
    const answers = await session(
      host,
      'select disk 1',
      'convert gpt',
      `uniqueid disk id=${id}`,
      'uniqueid disk',
      'select disk 2',
      'convert gpt',
      `uniqueid disk id={${id.toLowerCase()}}`,
      'list disk',
      'online disk',
      'uniqueid disk',
      'uniqueid disk id=42D9DECD',
    );
    expect(answers[3]).toBe(`Disk ID: {${id}}`);
    expect(answers[7]).toMatch(/^\* Disk 2 {4}Offline/m);
    expect(answers[8]).toBe('DiskPart successfully onlined the selected disk.');
    expect(answers[9]).toMatch(/^Disk ID: \{[0-9A-F-]{36}\}$/);
    expect(answers[9]).not.toContain(id);
    expect(answers[10]).toContain('The specified identifier is not in the correct format.');
  });

  it('leaves a disk alone that is offline or write-protected', async () => {
    const before = rig.digest(1);
    const answers = await session(
      host,
      'select disk 1',
      'attributes disk set readonly',
      'clean',
      'offline disk',
      'clean',
    );
    // Seen on real Windows.
    expect(answers[2]).toBe(
      'DiskPart has encountered an error: The media is write protected.\nSee the System Event Log for more information.',
    );
    // vdserr.h of the Windows SDK, VDS_E_DISK_IS_OFFLINE.
    expect(answers[4]).toBe(
      'Virtual Disk Service error:\nThe operation is not allowed on a disk that is offline.',
    );
    expect(rig.digest(1)).toBe(before);
  });
});

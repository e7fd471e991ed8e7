import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PARTITION_TYPES, withAttribute } from '../../disk/gpt';
import { smallFat32 } from '../../disk/ntfs/testing/small-volumes';
import { type MemoryDisk, memoryDisk } from '../../disk/testing/ldm-samples';
import { addPartition, initialiseGpt, readDiskTable } from '../disk-tables';
import { basicDisk, formatNtfs, lettersOf, MachineRig, SECTORS } from './testing/machine-rig';

const DISK = '0b2394a9-095e-487d-8d48-719ecd4d78ca';
const guid = (number: number) => `8e0f2c38-e4ea-47ba-b7fc-00000000000${number}`;

/** EFI system, reserved, basic data and recovery partitions, as Windows 10 lays a disk out. */
function gptDisk(diskGuid: string, firstGuid: number, attributes = 0n): MemoryDisk {
  const disk = memoryDisk(new Uint8Array(SECTORS * 512));
  disk.apply(initialiseGpt(disk, () => diskGuid));
  [
    PARTITION_TYPES.efiSystem,
    PARTITION_TYPES.microsoftReserved,
    PARTITION_TYPES.basicData,
    PARTITION_TYPES.recovery,
  ].forEach((type, index) => {
    const place = { startSector: 2048 + index * 4096, sizeSectors: 4096 };
    const data = type === PARTITION_TYPES.basicData;
    disk.apply(
      addPartition(disk, {
        ...place,
        kind: 'primary',
        type,
        guid: guid(firstGuid + index),
        attributes: data ? attributes : 0n,
      }),
    );
    if (index === 0) disk.bytes.set(smallFat32('EFI', { sectors: 600 }), place.startSector * 512);
    if (index > 1) formatNtfs(disk, place.startSector);
  });
  return disk;
}

describe('GPT disks', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
  });
  afterEach(() => rig.remove());

  it('show their system and recovery volumes as hidden, without letters', async () => {
    rig.disks = [basicDisk(1, 16384), gptDisk(DISK, 1)];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    expect((await host.volumes()).slice(1)).toMatchObject([
      {
        letter: undefined,
        label: 'EFI',
        fileSystem: 'FAT32',
        serialNumber: 0x1234abcd,
        info: 'Hidden',
        mountPoint: expect.stringContaining('HarddiskVolume2'),
      },
      { letter: 'D', fileSystem: 'NTFS', info: '', location: { style: 'gpt', partitionGuid: guid(3) } },
      { letter: undefined, fileSystem: 'NTFS', info: 'Hidden' },
    ]);
  });

  it('heed the attributes of basic data: no letter, read-only', async () => {
    rig.disks = [
      basicDisk(1, 16384),
      gptDisk(DISK, 1, withAttribute(withAttribute(0n, 'noDriveLetter', true), 'readOnly', true)),
    ];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    expect((await host.volumes())[2]).toMatchObject({ letter: undefined, info: '', fileSystem: 'NTFS' });
    expect(rig.commands.find((line) => line.includes('HarddiskVolume3'))).toContain(',ro ');
  });

  it('with the same GUID collide; the one brought online gets new GUIDs for itself and the partitions both have', async () => {
    rig.disks = [basicDisk(1, 16384), gptDisk(DISK, 1), gptDisk(DISK, 3)];
    let count = 0;
    const host = await rig.start({
      sanPolicy: 'OnlineAll',
      newGuid: () => {
        count += 1;
        return `99999999-0000-4000-8000-00000000000${count}`;
      },
    });
    expect((await host.disks())[2]).toMatchObject({ status: 'Offline', offlineReason: 'collision' });
    const first = rig.digest(1);
    await host.onlineDisk(2);
    expect(rig.digest(1)).toBe(first);
    expect(readDiskTable(rig.disks[2]!)).toMatchObject({
      guid: '99999999-0000-4000-8000-000000000001',
      partitions: [
        { guid: '99999999-0000-4000-8000-000000000002' },
        { guid: '99999999-0000-4000-8000-000000000003' },
        { guid: guid(5) },
        { guid: guid(6) },
      ],
    });
    expect(await lettersOf(host)).toEqual(['C', undefined, 'D', undefined, undefined, 'E', undefined]);
  });

  it('with only a partition in common keep their own GUIDs but for that one', async () => {
    rig.disks = [basicDisk(1, 16384), gptDisk(DISK, 1), gptDisk(guid(9), 4)];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    expect((await host.disks())[2]).toMatchObject({ offlineReason: 'collision' });
    await host.onlineDisk(2);
    const table = readDiskTable(rig.disks[2]!);
    expect(table.guid).toBe(guid(9));
    expect(table.partitions.map((one) => one.guid).slice(1)).toEqual([guid(5), guid(6), guid(7)]);
    expect(table.partitions[0]!.guid).not.toBe(guid(4));
  });

  it('go offline when raw bytes give them the GUID of another one', async () => {
    rig.disks = [basicDisk(1, 16384), gptDisk(DISK, 1), gptDisk(guid(9), 5)];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    await host.writeDisk(2, [{ offsetBytes: 0, bytes: rig.disks[1]!.bytes.slice(0, 34 * 512) }]);
    expect((await host.disks())[2]).toMatchObject({ status: 'Offline', offlineReason: 'collision' });
  });
});

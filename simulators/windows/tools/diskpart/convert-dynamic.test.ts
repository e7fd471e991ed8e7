import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PARTITION_TYPES } from '../../../disk/gpt';
import { assembleGroups, readMember } from '../../../disk/ldm';
import { haveLdmtool, ldmtool, type MemoryDisk, memoryDisk } from '../../../disk/testing/ldm-samples';
import { addPartition, initialiseGpt, MbrType, readDiskTable } from '../../disk-tables';
import { basicDisk, formatNtfs, lettersOf, MachineRig, SECTORS } from '../../host/testing/machine-rig';
import { session } from './testing/session';

const CONVERTED = 'DiskPart successfully converted the selected disk to dynamic format.';
const guid = (last: number) => `8e0f2c38-e4ea-47ba-b7fc-0000000000${String(last).padStart(2, '0')}`;

/** A GPT disk with these partitions behind a reserved one of 2 MiB (it begins at sector 2048). */
function gptDisk(
  ...partitions: readonly (readonly [type: string, start: number, size: number])[]
): MemoryDisk {
  const disk = memoryDisk(new Uint8Array(2 * SECTORS * 512));
  const guids = [guid(51), guid(52)];
  disk.apply(initialiseGpt(disk, () => guids.shift()!, 'modern'));
  const [reserved] = readDiskTable(disk).partitions;
  expect(reserved).toMatchObject({ type: PARTITION_TYPES.microsoftReserved });
  partitions.forEach(([type, startSector, sizeSectors], index) => {
    disk.apply(
      addPartition(disk, { kind: 'primary', type, startSector, sizeSectors, guid: guid(index + 1) }),
    );
    formatNtfs(disk, startSector);
  });
  return disk;
}

describe('converting a disk with partitions to dynamic', () => {
  let rig: MachineRig;
  beforeEach(() => {
    rig = new MachineRig();
  });
  afterEach(() => rig.remove());

  const convert = async (disk: MemoryDisk) => {
    rig.disks = [basicDisk(1, 16384), disk];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    const letters = await lettersOf(host);
    const answers = await session(host, 'select disk 1', 'convert dynamic', 'list volume');
    return { host, letters, answer: answers[1], volumes: answers[2] };
  };
  const group = () => assembleGroups([readMember(rig.disks[1]!)!])[0]!;
  const places = () =>
    group().volumes.map(({ layout, components }) => [
      layout,
      components[0]!.extents[0]!.absoluteSector,
      components[0]!.extents[0]!.sizeSectors,
    ]);
  const table = () =>
    readDiskTable(rig.disks[1]!).partitions.map(({ entry, type, active, startSector, sizeSectors }) => [
      entry,
      type,
      active,
      startSector,
      sizeSectors,
    ]);

  it('makes simple volumes of an MBR disk, in their places, with their letters and bytes', async () => {
    const disk = basicDisk(2, 4096, 4096, 8192);
    disk.apply([{ offsetBytes: 0, bytes: new Uint8Array(0x1b8).fill(0xab) }]);
    const data = disk.bytes.slice(2048 * 512, (2048 + 16384) * 512);
    const { host, letters, answer, volumes } = await convert(disk);
    expect(answer).toBe(CONVERTED);
    expect(places()).toEqual([
      ['simple', 2048, 4096],
      ['simple', 6144, 4096],
      ['simple', 10240, 8192],
    ]);
    expect(volumes).toMatch(/^ {2}Volume 2 {5}E .* NTFS +Simple +2048 KB {2}Healthy$/m);
    expect(await lettersOf(host)).toEqual(letters);
    expect(Buffer.compare(disk.bytes.subarray(2048 * 512, (2048 + 16384) * 512), data)).toBe(0);
    expect(disk.bytes.subarray(0, 0x1b8).every((byte) => byte === 0xab)).toBe(true);
    // The active one keeps its entry; placeholders cover the rest up to the private region (KB222188; our choice).
    expect(table()).toEqual([
      [3, MbrType.dynamic, false, 63, 1985],
      [1, MbrType.dynamic, true, 2048, 4096],
      [2, MbrType.dynamic, false, 6144, SECTORS - 2048 - 6144],
    ]);
  });

  it('keeps the size of what has a table entry of its own', async () => {
    const { host } = await convert(basicDisk(2, 4096, 4096));
    const [, answer] = await session(host, 'select volume 1', 'extend size=1');
    expect(answer).toContain('This stand-in does not change the size of a volume with a retained partition.');
  });

  it('takes logical drives too', async () => {
    const disk = basicDisk(2, 4096);
    const add = (kind: 'extended' | 'logical', type: number, startSector: number, sizeSectors: number) =>
      disk.apply(addPartition(disk, { kind, type, startSector, sizeSectors, guid: guid(9) }));
    add('extended', MbrType.extended, 8192, 16384);
    add('logical', MbrType.ntfs, 10240, 4096);
    add('logical', MbrType.ntfs, 16384, 4096);
    expect((await convert(disk)).answer).toBe(CONVERTED);
    expect(places().map(([, start]) => start)).toEqual([2048, 10240, 16384]);
  });

  it('keeps the EFI system partition of a GPT disk', async () => {
    const { efiSystem, basicData, ldmMetadata, ldmData, microsoftReserved, recovery } = PARTITION_TYPES;
    const end = 2 * SECTORS - 33;
    const { answer, host } = await convert(
      gptDisk(
        [efiSystem, 34816, 2048],
        [basicData, 36864, 8192],
        [basicData, 45056, 4096],
        [recovery, 57344, 4096],
      ),
    );
    expect(answer).toBe(CONVERTED);
    expect(places()).toEqual([
      ['simple', 36864, 8192],
      ['simple', 45056, 4096],
    ]);
    const [metadata, reserved, ...rest] = table();
    expect([metadata?.[1], metadata?.[4], reserved?.[1]]).toEqual([ldmMetadata, 2048, microsoftReserved]);
    expect(rest.map(([, type, , start, size]) => [type, start, size])).toEqual([
      [efiSystem, 34816, 2048],
      [ldmData, 36864, 57344 - 36864],
      [recovery, 57344, 4096],
    ]);
    expect(end).toBeGreaterThan(57344);
    // As in a listing of a real system disk.
    expect((await host.volumes()).map(({ type, info }) => [type, info])).toEqual(
      expect.arrayContaining([
        ['Partition', 'Hidden'],
        ['Simple', ''],
      ]),
    );
  });

  it('refuses what has no room or no place for it, and changes nothing then', async () => {
    const { basicData, recovery } = PARTITION_TYPES;
    const full = basicDisk(2, SECTORS - 2048);
    const foreign = basicDisk(2, 4096);
    foreign.apply(
      addPartition(foreign, {
        kind: 'primary',
        type: 0x83,
        startSector: 8192,
        sizeSectors: 4096,
        guid: guid(1),
      }),
    );
    const between = gptDisk([basicData, 34816, 2048], [recovery, 36864, 2048], [basicData, 38912, 2048]);
    // vdserr.h of the Windows SDK.
    const cases = [
      [full, 'does not have enough free space to complete the operation.'],
      [foreign, 'A partition with an unknown type was detected on the selected disk.'],
      [between, 'is both preceeded and followed by a partition'],
    ] as const;
    for (const [disk, text] of cases) {
      const before = disk.bytes.slice();
      expect((await convert(disk)).answer).toContain(text);
      expect(Buffer.compare(disk.bytes, before)).toBe(0);
    }
    rig.disks = [basicDisk(1, 16384)];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    const [, answer] = await session(host, 'select disk 0', 'convert dynamic');
    expect(answer).toContain('This stand-in does not convert the disk that the running system lies on.');
  });

  it('joins the group that is there, and leaves it when it is basic again', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096), basicDisk(3, 4096)];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    const answers = await session(
      host,
      'select disk 1',
      'convert dynamic',
      'select disk 2',
      'convert dynamic',
      'list volume',
      'convert basic',
      'select volume 2',
      'delete volume',
      'select disk 2',
      'convert basic',
      'list disk',
    );
    expect([answers[1], answers[3]]).toEqual([CONVERTED, CONVERTED]);
    expect(answers[4]?.match(/Simple/g)).toHaveLength(2);
    // vdserr.h of the Windows SDK, VDS_E_VOLUME_ON_DISK.
    expect(answers[5]).toContain('This operation is not allowed on disks with volumes.');
    expect(answers[9]).toBe('DiskPart successfully converted the selected disk to basic format.');
    expect(answers[10]).not.toContain('Missing');
    expect(group().disks).toHaveLength(1);
    expect(group().volumes.map(({ name }) => name)).toEqual(['Volume1']);
  });

  it.skipIf(!haveLdmtool)('makes volumes that ldmtool finds', async () => {
    await convert(basicDisk(2, 4096, 4096));
    const folder = mkdtempSync(join(tmpdir(), 'rescue-lab-converted-'));
    try {
      const image = join(folder, 'disk.img');
      writeFileSync(image, rig.disks[1]!.bytes);
      const { guid: id, volumes } = group();
      const [, ...shown] = ldmtool(
        [image],
        volumes.flatMap(({ name, components }) => [
          `show volume ${id} ${name}`,
          `show partition ${id} ${components[0]!.extents[0]!.name}`,
        ]),
      );
      expect(shown).toMatchObject([
        { type: 'simple', size: 4096 },
        { start: 2048 - 63, size: 4096 },
        { type: 'simple', size: 4096 },
        { start: 6144 - 63, size: 4096 },
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

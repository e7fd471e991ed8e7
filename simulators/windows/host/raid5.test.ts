import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assembleGroups, type LdmMember, openVolume, readMember } from '../../disk/ldm';
import { countingGuids, createdDisks } from '../../disk/testing/ldm-disks';
import type { MemoryDisk } from '../../disk/testing/ldm-samples';
import { basicDisk, formatNtfs, MachineRig, SECTORS } from './testing/machine-rig';

const GROUP = 'CUSTOMER-Dg0';
/** Three columns with eight chunks of data each pair. */
const VOLUME_SECTORS = 128 * 2 * 8;
const COLUMNS = [0, 1, 2];

describe('RAID-5 volumes', () => {
  let rig: MachineRig;
  let system: MemoryDisk;
  let columns: MemoryDisk[];
  beforeEach(() => {
    rig = new MachineRig();
    system = basicDisk(1, 16384);
    columns = createdDisks({
      groupName: GROUP,
      disks: COLUMNS.map((column) => ({ sizeSectors: SECTORS, signature: 0x1000 + column })),
      volumes: [{ name: 'Volume1', layout: 'raid5', sizeSectors: VOLUME_SECTORS }],
      now: new Date('2012-09-11T12:00:00Z'),
      newGuid: countingGuids('aaaa'),
    }).disks;
    const { absoluteSector = 0 } = extents()[0]!;
    formatNtfs(columns[0]!, absoluteSector);
    // What somebody wrote: every byte with the parity that belongs to it.
    write(
      Uint8Array.from({ length: VOLUME_SECTORS * 512 - 4096 }, (_, index) => (index * 31) % 251),
      4096,
    );
  });
  afterEach(() => rig.remove());

  const members = (present = COLUMNS) => present.map((column) => readMember(columns[column]!)!);
  const volumeOf = (own = members()) => assembleGroups(own)[0]!.volumes[0]!;
  const extents = () => volumeOf().components[0]!.extents;
  const open = (present = COLUMNS) => {
    const own = members(present);
    const diskOf = (member: LdmMember) => columns[present[own.indexOf(member)]!];
    return { volume: openVolume(volumeOf(own), diskOf), diskOf };
  };
  const write = (bytes: Uint8Array, offset: number, present = COLUMNS) => {
    const { volume, diskOf } = open(present);
    for (const { member, patches } of volume.writeVolume(offset, bytes)) diskOf(member)!.apply(patches);
  };
  const read = (present = COLUMNS) => Buffer.from(open(present).volume.read(0, VOLUME_SECTORS * 512));
  /** The volume's bytes, read without each of its columns. */
  const withoutEach = () => COLUMNS.map((gone) => read(COLUMNS.filter((column) => column !== gone)));
  const start = async (present = COLUMNS) => {
    rig.commands.length = 0;
    rig.disks = [system, ...present.map((column) => columns[column]!)];
    return rig.start({ sanPolicy: 'OnlineAll', primaryDiskGroup: GROUP });
  };
  const mapping = () =>
    rig.commands
      .filter((line) => / raid /.test(line))
      .map((line) =>
        line.replace(/^.* nosync /, '').replaceAll(/\/dev\/mapper\/ldm-[0-9a-f-]+-Volume1-01-/g, ''),
      );
  const raid5 = async (host: Awaited<ReturnType<typeof start>>) =>
    (await host.volumes()).find(({ type }) => type === 'RAID-5');

  it('are equal after a hard stop: the parity follows the data', async () => {
    await start();
    const before = read();
    // Parity of the first row lies in the last column.
    const { absoluteSector = 0 } = extents().find(({ column }) => column === 2)!;
    columns[2]!.bytes.fill(0x5a, (absoluteSector + 8) * 512, (absoluteSector + 16) * 512);
    expect(withoutEach().filter((bytes) => bytes.equals(before))).toHaveLength(1);
    const host = await start();
    expect(await raid5(host)).toMatchObject({ status: 'Healthy' });
    expect(withoutEach().every((bytes) => bytes.equals(before))).toBe(true);
    await host.shutdown();
    expect(volumeOf().dirty).toBe(false);
  });

  it('go on without a column, which is made anew at the next start that has it', async () => {
    const alone = await start([0, 2]);
    expect(await raid5(alone)).toMatchObject({ status: 'Failed Rd' });
    expect(mapping()).toEqual(['3 - 0 - - - 2']);
    write(new Uint8Array(200_000).fill(0x77), 100_000, [0, 2]);
    await alone.shutdown();
    const host = await start();
    expect(await raid5(host)).toMatchObject({ status: 'Healthy' });
    expect(mapping()).toEqual(['3 - 0 - 1 - 2']);
    expect(read().subarray(100_000, 300_000)).toEqual(Buffer.alloc(200_000, 0x77));
    expect(withoutEach().every((bytes) => bytes.equals(read()))).toBe(true);
    expect(new Set(members().map(({ vmdb }) => vmdb.committedTransaction)).size).toBe(1);
  });

  it('are not in use while a column that comes back is made anew', async () => {
    const host = await start();
    await host.offlineDisk(2);
    write(new Uint8Array(200_000).fill(0x33), 100_000, [0, 2]);
    rig.commands.length = 0;
    await host.onlineDisk(2);
    expect(rig.commands.findIndex((line) => line.startsWith('umount'))).toBeLessThan(
      rig.commands.findIndex((line) => / raid /.test(line)),
    );
    expect(mapping()).toEqual(['3 - 0 - 1 - 2']);
    expect(withoutEach().every((bytes) => bytes.equals(read()))).toBe(true);
    expect(await raid5(host)).toMatchObject({ status: 'Healthy' });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assembleGroups, type DiskGroup, type LdmMember, readMember } from '../../disk/ldm';
import { fileDisk, haveSamples, scratchFolder, unpackSamples } from '../../disk/testing/ldm-samples';
import { mapVolume } from './mapper-tables';

/** Expected sectors: public start (63 on MBR, 65570 on GPT disks) plus the extent starts that ldmtool shows. */
describe.skipIf(!haveSamples)('mapVolume, on the volumes of a real Windows Server 2008 R2', () => {
  const folder = scratchFolder();
  let members: LdmMember[];
  let group: DiskGroup;

  beforeAll(() => {
    members = unpackSamples(folder.path).map((path) => readMember(fileDisk(path))!);
    group = assembleGroups(members)[0]!;
  });
  afterAll(() => folder.remove());

  /** `absent` and `stale` are names of disks in the group. */
  const map = (name: string, { absent = [] as string[], stale = [] as string[] } = {}) => {
    const path = (member: LdmMember) => `/dev/${group.disks.find((disk) => disk.member === member)!.name}`;
    return mapVolume(group.volumes.find((volume) => volume.name === name)!, {
      prefix: 'v',
      mapperFolder: '/dev/mapper',
      pathOf: (member) => (absent.includes(path(member).slice(5)) ? undefined : path(member)),
      stale: new Set(stale.map((disk) => `/dev/${disk}`)),
    });
  };

  it('joins the extents of a spanned volume', () => {
    expect(map('Volume1')).toEqual({
      status: 'Healthy',
      devices: [
        { name: 'v', table: ['0 96256 linear /dev/Disk1 128', '96256 32768 linear /dev/Disk2 65664'] },
      ],
    });
    expect(map('Volume5').devices.at(-1)?.table).toEqual([
      '0 63488 linear /dev/Disk7 32896',
      '63488 63488 linear /dev/Disk3 32896',
      '126976 63488 linear /dev/Disk5 32896',
    ]);
  });

  it('stripes with the chunk of the database', () => {
    expect(map('Volume2').devices).toEqual([
      { name: 'v', table: ['0 65536 striped 2 128 /dev/Disk3 128 /dev/Disk4 65664'] },
    ]);
  });

  it('mirrors, copies onto an outdated half, and runs on one half', () => {
    expect(map('Volume3')).toEqual({
      status: 'Healthy',
      devices: [
        { name: 'v', table: ['0 32768 mirror core 2 1024 nosync 2 /dev/Disk5 128 /dev/Disk6 65664'] },
      ],
    });
    expect(map('Volume3', { stale: ['Disk5'] })).toEqual({
      status: 'Rebuild',
      devices: [{ name: 'v', table: ['0 32768 mirror core 1 1024 2 /dev/Disk6 65664 /dev/Disk5 128'] }],
    });
    expect(map('Volume3', { absent: ['Disk5'] })).toEqual({
      status: 'Failed Rd',
      devices: [{ name: 'v', table: ['0 32768 linear /dev/Disk6 65664'] }],
    });
    expect(map('Volume3', { absent: ['Disk5', 'Disk6'] })).toEqual({ status: 'Failed', devices: [] });
  });

  it('gives the raid target one whole device per column', () => {
    expect(map('Volume4').devices).toEqual([
      { name: 'v-Volume4-01-0', table: ['0 32768 linear /dev/Disk7 128'] },
      { name: 'v-Volume4-01-1', table: ['0 32768 linear /dev/Disk8 65664'] },
      { name: 'v-Volume4-01-2', table: ['0 32768 linear /dev/Disk9 65664'] },
      {
        name: 'v',
        table: [
          '0 65536 raid raid5_ls 2 128 nosync 3 - /dev/mapper/v-Volume4-01-0 - /dev/mapper/v-Volume4-01-1 - /dev/mapper/v-Volume4-01-2',
        ],
      },
    ]);
  });

  it('runs RAID-5 without one of its columns', () => {
    const { status, devices } = map('Volume4', { absent: ['Disk8'] });
    expect(status).toBe('Failed Rd');
    expect(devices.at(-1)?.table).toEqual([
      '0 65536 raid raid5_ls 2 128 nosync 3 - /dev/mapper/v-Volume4-01-0 - - - /dev/mapper/v-Volume4-01-2',
    ]);
  });

  it.each([
    ['Volume1', ['Disk2'], 'Failed'],
    ['Volume2', ['Disk3'], 'Failed'],
    ['Volume4', ['Disk8', 'Disk9'], 'Failed'],
  ])('does not map %s without %s', (name, absent, status) => {
    expect(map(name, { absent })).toEqual({ status, devices: [] });
  });
});

import { describe, expect, it } from 'vitest';
import { findProblems } from './find-problems';
import type { Inspection } from './inspection';
import { inspection } from './testing/inspected';

const problemsOf = (changes: Partial<Inspection>) => findProblems(inspection(changes));
const { disks, volumes, windows, boot } = inspection();
const [disk] = disks;
const [volume] = volumes;
const group: Inspection['groups'][number] = {
  name: 'KUNDE-01-Dg0',
  guid: '06490001-fbfd-11e1-8cf9-52540061f5db',
  disks: [
    { name: 'Disk1', disk: 0 },
    { name: 'Disk2', disk: 1 },
  ],
  volumes: [
    {
      name: 'Volume1',
      layout: 'mirrored',
      sizeBytes: 1 << 20,
      dirty: false,
      behind: [],
      mountHint: undefined,
    },
  ],
  foreign: 'KUNDE-01-Dg0 is the primary disk group of the Windows on these disks: it is not foreign there.',
};
const made = group.volumes[0]!;

describe('what to look at', () => {
  it('is nothing on a sound server', () => {
    expect(problemsOf({ groups: [group] })).toEqual([]);
  });

  it('begins with the boot', () => {
    const problems = problemsOf({
      boot: { ...boot, starts: false, outcome: 'The boot ends with status 0xc000000e: no device.' },
      disks: [
        {
          ...disk!,
          status: 'Offline (its signature is that of another disk)',
          damage: ['The table is damaged.'],
        },
      ],
    });
    expect(problems).toEqual([
      'The boot ends with status 0xc000000e: no device.',
      'Disk 0 is Offline (its signature is that of another disk).',
      'Disk 0: The table is damaged.',
    ]);
  });

  it('is a group with a disk missing, a copy that is old, and copies that may differ', () => {
    const groups = [
      {
        ...group,
        disks: [...group.disks, { name: 'Disk3', disk: undefined }],
        volumes: [{ ...made, dirty: true, behind: [1] }],
      },
    ];
    expect(problemsOf({ groups })).toEqual([
      'Disk3 of the disk group KUNDE-01-Dg0 is missing.',
      'Disk 1 holds an old state of Volume1 (KUNDE-01-Dg0), which was written without it. It is brought up to date when the volume is written next.',
      'The copies of Volume1 (KUNDE-01-Dg0) may differ: it was being written when the machine stopped.',
    ]);
  });

  it('is a volume that is not healthy, dirty or damaged', () => {
    const changed = { ...volume!, status: 'Failed Rd', dirty: true, damage: 'It cannot be read.' };
    expect(problemsOf({ volumes: [changed] })).toEqual([
      'Volume C: is Failed Rd.',
      'Volume C: is marked dirty: Windows checks it at its next start.',
      'Volume C: It cannot be read.',
    ]);
  });

  it('is a store that cannot be read, and a device that points nowhere', () => {
    const device = {
      element: 'osdevice',
      text: 'unknown',
      explanation: 'no disk has the signature 1',
      resolved: false,
    };
    const entries = [
      {
        identifier: '{default}',
        description: 'Windows',
        isDefault: true,
        devices: [device, { ...device, element: 'device', resolved: true }],
      },
    ];
    expect(
      problemsOf({
        stores: [
          { path: 'C:\\Boot\\BCD', entries, damage: undefined },
          { path: 'D:\\Boot\\BCD', entries: [], damage: 'No hive.' },
        ],
      }),
    ).toEqual([
      'C:\\Boot\\BCD: the osdevice of {default} points nowhere: no disk has the signature 1.',
      'D:\\Boot\\BCD: No hive.',
    ]);
  });

  it('is a hive that is damaged', () => {
    expect(problemsOf({ windows: [{ ...windows[0]!, damage: ['The hive SAM is cut short.'] }] })).toEqual([
      'Windows on C: The hive SAM is cut short.',
    ]);
  });
});

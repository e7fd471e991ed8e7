import { describe, expect, it } from 'vitest';
import { importAsIs } from '../../disk/ldm';
import { countingGuids, createdDisks } from '../../disk/testing/ldm-disks';
import { inspectGroups } from './inspect-groups';
import { inspectDisk } from './inspected-disk';

const now = new Date('2026-11-21T00:00:00Z');

function mirror() {
  return createdDisks({
    groupName: 'CUSTOMER-Dg0',
    disks: [1, 2].map((signature) => ({ sizeSectors: 16_384, signature })),
    volumes: [{ name: 'Volume1', layout: 'mirror', sizeSectors: 4096 }],
    now,
    newGuid: countingGuids('aaaa'),
  }).disks;
}

describe('the report on a disk group', () => {
  it('names its disks, those that are missing, and what a rescue system makes of it', () => {
    const [, second] = mirror();
    const [group] = inspectGroups([inspectDisk(0, second!)], undefined);
    expect(group).toMatchObject({ name: 'CUSTOMER-Dg0', volumes: [{ name: 'Volume1', layout: 'mirrored' }] });
    expect(group?.disks.map(({ disk }) => disk)).toEqual([undefined, 0]);
    expect(group?.foreign).toBe(
      'To a rescue system, which has another disk group or none, CUSTOMER-Dg0 is foreign until it is imported.',
    );
  });

  it('tells which half of a mirror was away while the other went on', () => {
    const [first, second] = mirror();
    const inspect = () =>
      inspectGroups(
        [first!, second!].map((disk, number) => inspectDisk(number, disk)),
        undefined,
      );
    expect(inspect()[0]?.volumes[0]?.behind).toEqual([]);
    const [patches] = importAsIs([first!], now);
    first!.apply(patches!);
    const [group] = inspect();
    expect(group?.volumes[0]?.behind).toEqual([group?.disks[1]?.disk]);
  });
});

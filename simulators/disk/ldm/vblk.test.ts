import { describe, expect, it } from 'vitest';
import { buildRecord } from './build-record';
import { parseRecord } from './parse-record';
import type { DiskRecord, ExtentRecord } from './records';
import { joinFragments, layRecords } from './vblk';

const long: DiskRecord = {
  kind: 'disk',
  status: 0,
  flags: 0,
  revision: 3,
  id: 300,
  name: 'D'.repeat(200),
  guid: '06495a85-fbfd-11e1-8cf9-52540061f5db',
  alternativeName: '',
  objectFlags: 3,
  transaction: 2n,
};
const extent: ExtentRecord = {
  kind: 'extent',
  objectFlags: 0x80000001,
  status: 0,
  flags: 0x48,
  revision: 3,
  id: 9,
  name: 'Disk1-01',
  transaction: 3n,
  startSector: 65,
  columnOffset: 0,
  sizeSectors: 0x1_2345_6789,
  componentId: 7,
  diskId: 300,
  column: 1,
  hidden: 0,
};

describe('VBLKs', () => {
  const records = [long, extent];
  const lay = () =>
    layRecords(
      records.map((record, index) => ({ group: index + 1, bytes: buildRecord(record) })),
      4,
      12,
    );

  it('spreads a long record over several fragments and joins them again', () => {
    const area = lay();
    const counts = Array.from({ length: 8 }, (_, slot) =>
      new DataView(area.buffer).getUint16(slot * 128 + 14),
    );
    expect(counts).toEqual([3, 3, 3, 1, 0, 0, 0, 0]);
    expect(joinFragments(area, 128).map(parseRecord)).toEqual(records);
  });

  it('joins fragments that stand in another order', () => {
    const area = lay();
    const first = area.slice(0, 128);
    area.copyWithin(0, 256, 384);
    area.set(first, 256);
    expect(joinFragments(area, 128).map(parseRecord)).toEqual(records);
  });

  it('says which fragment is missing', () => {
    const area = lay();
    area.fill(0, 128 + 8, 128 + 16);
    expect(() => joinFragments(area, 128)).toThrow(
      'LDM record 1 has 2 of its 3 fragments. The database is damaged.',
    );
  });

  it('refuses more records than there are slots', () => {
    expect(() => layRecords([{ group: 1, bytes: buildRecord(long) }], 4, 6)).toThrow(
      'The LDM database has only 2 free VBLK slots; the records need more.',
    );
  });
});

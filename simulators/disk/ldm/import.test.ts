import { beforeEach, describe, expect, it } from 'vitest';
import { type MemoryDisk, memoryDisk } from '../testing/ldm-samples';
import { createDiskGroup, importAsIs, readMember } from './index';

const SECTORS = 16384;
const now = new Date('2026-11-21T00:00:00Z');

function twoDisks(name: string): MemoryDisk[] {
  let guid = name.length;
  const created = createDiskGroup({
    groupName: name,
    disks: [
      { sizeSectors: SECTORS, signature: 1 },
      { sizeSectors: SECTORS, signature: 2 },
    ],
    volumes: [{ name: 'Volume1', layout: 'mirror', sizeSectors: 8192 }],
    now: new Date('2012-09-11T12:00:00Z'),
    newGuid: () => {
      guid += 1;
      return `00000000-0000-4000-8000-${String(guid).padStart(12, '0')}`;
    },
  });
  return created.patches.map((patches) => {
    const disk = memoryDisk(new Uint8Array(SECTORS * 512));
    disk.apply(patches);
    return disk;
  });
}

describe('importAsIs', () => {
  let disks: MemoryDisk[];
  beforeEach(() => {
    disks = twoDisks('CUSTOMER-Dg0');
  });

  const imported = () => {
    const patches = importAsIs(disks, now);
    disks.forEach((disk, index) => {
      disk.apply(patches[index]!);
    });
    return disks.map((disk) => readMember(disk)!);
  };

  it('keeps GUID, name and objects, and raises sequence, transaction and time', () => {
    const before = disks.map((disk) => readMember(disk)!);
    const after = imported();
    after.forEach((member, index) => {
      const old = before[index]!;
      expect(member.records).toEqual(old.records);
      expect(member.privHead).toEqual({
        ...old.privHead,
        updateSequence: 2n,
        timestamp: 134396928000000000n,
      });
      expect(member.tocs.map(({ block }) => block.updateSequence)).toEqual([2n, 2n]);
      expect(member.vmdb).toEqual({
        ...old.vmdb,
        committedTransaction: old.vmdb.committedTransaction + 1n,
        pendingTransaction: old.vmdb.committedTransaction + 1n,
        timestamp: member.privHead.timestamp,
      });
    });
  });

  it('touches only metadata sectors', () => {
    for (const patches of importAsIs(disks, now)) {
      for (const { offsetBytes } of patches) {
        const sector = offsetBytes / 512;
        expect(sector === 6 || sector >= SECTORS - 2048, `sector ${sector}`).toBe(true);
      }
    }
  });

  it('repairs a damaged PRIVHEAD copy that another one outlives', () => {
    disks[0]!.bytes.fill(0, 6 * 512, 7 * 512);
    expect(readMember(disks[0]!)!.problems).toEqual(['Sector 6: The sector does not start with PRIVHEAD.']);
    expect(imported()[0]!.problems).toEqual([]);
  });

  it('says so when every PRIVHEAD is lost', () => {
    const { bytes } = disks[0]!;
    for (const sector of [6, SECTORS - 2048 + 1856, SECTORS - 1]) bytes[sector * 512 + 0x20] = 0xff;
    expect(() => importAsIs(disks, now)).toThrow(
      /The disk is marked as dynamic, but none of its PRIVHEAD copies is usable\. Sector 6: The PRIVHEAD has a wrong checksum/,
    );
  });

  it('gives the newest database to a member whose half of a mirror is behind, which stays behind', () => {
    const [first, second] = disks as [MemoryDisk, MemoryDisk];
    first.apply(importAsIs([first], now)[0]!);
    expect(readMember(second)!.vmdb.committedTransaction).toBe(3n);
    expect(imported().map(({ vmdb }) => vmdb.committedTransaction)).toEqual([5n, 4n]);
  });

  it('refuses disks of two groups and basic disks', () => {
    expect(() => importAsIs([disks[0]!, twoDisks('OTHER-Dg0')[0]!], now)).toThrow('belong to 2 disk groups');
    expect(() => importAsIs([memoryDisk(new Uint8Array(SECTORS * 512))], now)).toThrow(
      'Disk 0 of the import is a basic disk, so it belongs to no disk group. Leave it out.',
    );
  });
});

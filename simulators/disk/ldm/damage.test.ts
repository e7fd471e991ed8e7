import { beforeEach, describe, expect, it } from 'vitest';
import { DiskFormatError } from '../bytes';
import { createdDisks, everyLayout } from '../testing/ldm-disks';
import { type MemoryDisk, memoryDisk } from '../testing/ldm-samples';
import { sealChecksum } from './checksum';
import { assembleGroups, type LdmMember, readMember, repairCopies } from './index';

const { disks: sound } = createdDisks(everyLayout());
const SECTORS = 24_576;

describe.each([
  ['MBR', 0, [6, SECTORS - 192, SECTORS - 1], [SECTORS - 2046, SECTORS - 3]],
  ['GPT', 2, [34 + 1856, 34 + 2047], [36, 34 + 2045]],
] as const)('a damaged dynamic %s disk', (_, index, heads, tocs) => {
  let disk: MemoryDisk;
  beforeEach(() => {
    disk = memoryDisk(sound[index]!.bytes.slice());
  });
  const corrupt = (sector: number, at = 0x30) => {
    disk.bytes[sector * 512 + at] = disk.bytes[sector * 512 + at]! ^ 0xff;
  };
  const refusal = (): DiskFormatError => {
    try {
      const member = readMember(disk);
      assembleGroups([member!]);
    } catch (error) {
      expect(error).toBeInstanceOf(DiskFormatError);
      return error as DiskFormatError;
    }
    return expect.fail('The disk was not refused.');
  };

  it.each(heads)('is read without the PRIVHEAD at sector %i, and repaired', (sector) => {
    corrupt(sector);
    const member = readMember(disk)!;
    expect(member.damagedCopies).toEqual([
      { kind: 'PRIVHEAD', sector, problem: 'The PRIVHEAD has a wrong checksum: the sector was damaged.' },
    ]);
    const patches = repairCopies(disk, member);
    expect(patches.map(({ offsetBytes }) => offsetBytes)).toEqual([sector * 512]);
    disk.apply(patches);
    expect(Buffer.compare(disk.bytes, sound[index]!.bytes)).toBe(0);
  });

  it.each(tocs)('is read without the TOCBLOCK at sector %i, and repaired', (sector) => {
    disk.bytes.fill(0, sector * 512, (sector + 1) * 512);
    const member = readMember(disk)!;
    expect(member.problems).toEqual([`Sector ${sector}: The sector does not start with TOCBLOCK.`]);
    disk.apply(repairCopies(disk, member));
    expect(Buffer.compare(disk.bytes, sound[index]!.bytes)).toBe(0);
  });

  it('takes the newest of several copies, and brings the others up to it', () => {
    const [first, ...others] = heads;
    new DataView(disk.bytes.buffer).setBigUint64(first * 512 + 0x18, 5n);
    sealChecksum(disk.bytes.subarray(first * 512, (first + 1) * 512));
    const member = readMember(disk)!;
    expect(member.privHead.updateSequence).toBe(5n);
    expect(member.problems).toEqual([]);
    disk.apply(repairCopies(disk, member));
    for (const sector of others) expect(disk.read(sector * 512, 512)).toEqual(disk.read(first * 512, 512));
    expect(repairCopies(disk, readMember(disk)!)).toEqual([]);
  });

  it('says where nothing is left', () => {
    for (const sector of tocs) corrupt(sector);
    expect(refusal()).toMatchObject({
      offset: tocs[0] * 512,
      reason: 'none of the TOCBLOCK copies is usable',
    });
    for (const sector of heads) corrupt(sector);
    expect(refusal().message).toContain('none of its PRIVHEAD copies is usable');
  });

  it('names the byte of a damaged database', () => {
    const { vmdbSector, recordOffsets, records } = readMember(disk)!;
    const volume = recordOffsets[records.findIndex(({ kind }) => kind === 'volume')]!;
    disk.bytes[volume + 3] = 0x99;
    expect(refusal()).toMatchObject({ offset: volume + 3, reason: 'a record of kind 0x99' });
    disk.bytes.set(sound[index]!.bytes.subarray(volume, volume + 8), volume);
    const extent = recordOffsets[records.findIndex(({ kind }) => kind === 'extent')]!;
    disk.bytes[extent + 8 + 1] = 1;
    expect(refusal()).toMatchObject({
      offset: expect.any(Number),
      message: 'Two objects of the LDM database have the id 1. It is damaged.',
    });
    disk.bytes[vmdbSector * 512] = 0;
    expect(refusal()).toMatchObject({ offset: vmdbSector * 512 });
  });

  it('goes without a damaged log', () => {
    const { logSector } = readMember(disk)!;
    disk.bytes.fill(0, logSector * 512, (logSector + 1) * 512);
    const member: LdmMember = readMember(disk)!;
    expect(member.log).toEqual([]);
    expect(member.problems).toEqual([`Sector ${logSector}: The log page does not start with KLOG.`]);
  });
});

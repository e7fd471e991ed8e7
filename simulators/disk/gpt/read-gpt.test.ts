import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { memoryDisk } from '../testing/ldm-samples';
import { hasProgram, imageFolder } from '../testing/partition-programs';
import { crc32 } from './crc32';
import { hasAttribute, hasProtectiveMbr, inspectGpt, partitionTypeName, readGpt } from './index';

const DISK = '0b2394a9-095e-487d-8d48-719ecd4d78ca';
const PARTITION = '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b';
const BASIC_DATA = 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7';
const LAST = (16 << 11) - 1;

describe.skipIf(!hasProgram('sfdisk'))('readGpt', () => {
  const folder = imageFolder();
  afterAll(() => folder.remove());
  let bytes: Uint8Array;

  beforeEach(() => {
    bytes = folder.partition(
      'disk.img',
      16 << 20,
      `label: gpt\nlabel-id: ${DISK}\nstart=2048, size=8192, type=${BASIC_DATA}, uuid=${PARTITION}, name="Basic data partition", attrs="RequiredPartition GUID:60 GUID:63"\n`,
    );
  });

  const read = () => readGpt(memoryDisk(bytes));
  const inspect = () => inspectGpt(memoryDisk(bytes));
  const flip = (sector: number, at: number) => {
    bytes[sector * 512 + at] = bytes[sector * 512 + at]! ^ 1;
  };

  const table = {
    diskGuid: DISK,
    partitions: [
      {
        number: 1,
        type: BASIC_DATA,
        guid: PARTITION,
        startSector: 2048,
        sizeSectors: 8192,
        name: 'Basic data partition',
        attributes: 0x9000_0000_0000_0001n,
      },
    ],
  };

  it('reads what sfdisk wrote, attributes included', () => {
    expect(read()).toMatchObject(table);
    expect(hasProtectiveMbr(memoryDisk(bytes))).toBe(true);
    const { attributes, type } = read()!.partitions[0]!;
    expect(
      (['required', 'readOnly', 'hidden', 'noDriveLetter'] as const).map((name) =>
        hasAttribute(attributes, name),
      ),
    ).toEqual([true, true, false, true]);
    expect(partitionTypeName(type)).toBe('Primary');
    expect(partitionTypeName(PARTITION)).toBe('Unknown');
  });

  it('says that both copies are sound and agree', () => {
    expect(inspect()).toMatchObject({
      primary: { state: 'sound', sector: 1, entriesSector: 2, table },
      backup: { state: 'sound', sector: LAST, entriesSector: LAST - 32, table },
      agree: true,
      table,
    });
  });

  it('falls back to the backup when the primary is damaged, and says why', () => {
    flip(1, 56);
    expect(read()).toMatchObject(table);
    expect(inspect()).toMatchObject({
      primary: { state: 'damaged', damage: { offset: 528 } },
      backup: { state: 'sound' },
      agree: false,
    });
  });

  it('says of a damaged entry which header does not match it', () => {
    flip(2, 56);
    expect(inspect().primary).toMatchObject({
      state: 'damaged',
      damage: {
        offset: 600,
        reason: expect.stringMatching(/^the GPT entries of the header in sector 1 has the checksum 0x/),
      },
    });
    expect(read()).toMatchObject(table);
  });

  it('says which checksum is wrong when both copies are damaged', () => {
    for (const sector of [1, LAST]) flip(sector, 56);
    expect(read).toThrow(/The GPT header in sector 1 has the checksum 0x[0-9a-f]{8}, but its bytes give/);
  });

  it('knows an erased primary from a damaged one', () => {
    bytes.fill(0, 512, 1024);
    expect(inspect()).toMatchObject({
      primary: { state: 'absent', damage: { offset: 512, reason: 'there is no GPT header in sector 1' } },
      table,
    });
  });

  it('finds the backup of a disk that was enlarged, where the primary says', () => {
    const larger = new Uint8Array(20 << 20);
    larger.set(bytes);
    bytes = larger;
    expect(inspect()).toMatchObject({ agree: true, backup: { state: 'sound', sector: LAST } });
  });

  it('says of a disk that was cut short that it was', () => {
    bytes = bytes.slice(0, 12 << 20);
    expect(read).toThrow(
      'The GPT gives the sectors 2048 to 32734 to partitions; on a disk of 24576 sectors they must lie between 34 and 24542 (at byte 552). The disk image is cut short',
    );
  });

  it('returns nothing for a disk without a GPT, and for one of no size', () => {
    for (const size of [1 << 20, 1024, 0]) expect(readGpt(memoryDisk(new Uint8Array(size)))).toBeUndefined();
  });
});

it('computes the checksum that the standard gives as an example', () => {
  // "123456789" is the check value of every CRC catalogue.
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

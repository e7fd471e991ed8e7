import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { DiskFormatError } from '../bytes';
import { memoryDisk } from '../testing/ldm-samples';
import { hasProgram, imageFolder, sfdiskDump, sfdiskVerify } from '../testing/partition-programs';
import { buildMbr, inspectMbr, type MbrPartition, partitionPatches, readMbr } from './index';

const SECTORS = 65536;
const partition = (number: number, startSector: number, sizeSectors: number, type = 7): MbrPartition => ({
  number,
  active: false,
  type,
  startSector,
  sizeSectors,
});
const primary = { ...partition(1, 2048, 4096), active: true };
const extended = partition(2, 8192, 40960, 0x0f);
const drives = [
  partition(5, 10240, 4096),
  partition(6, 18432, 2048, 0x0b),
  partition(7, 22528, 8192),
] as const;

const folder = imageFolder();
afterAll(() => folder.remove());

function disk(partitions: readonly MbrPartition[], sectors = SECTORS) {
  const made = memoryDisk(new Uint8Array(sectors * 512));
  made.bytes.set(buildMbr({ signature: 0x42d9decd, partitions: [] }));
  made.apply(partitionPatches(made, partitions));
  return made;
}

/** Without the places of the extended boot records. */
const plain = (partitions: readonly MbrPartition[]) =>
  partitions.map(({ tableSector: _place, ...rest }) => rest);

/** The 16 bytes of an entry, with no cylinders, heads and sectors. */
const entry = (type: number, start: number, size: number) => [
  ...[0, 0, 0, 0, type, 0, 0, 0],
  ...new Uint8Array(Uint32Array.of(start, size).buffer),
];

describe('logical drives', () => {
  it('are read as they were written, one extended boot record before each', () => {
    const made = disk([primary, extended, ...drives]);
    const { partitions, signature } = readMbr(made)!;
    expect(signature).toBe(0x42d9decd);
    expect(plain(partitions)).toEqual([primary, extended, ...drives]);
    expect(partitions.map(({ tableSector }) => tableSector)).toEqual([
      undefined,
      undefined,
      8192,
      16384,
      20480,
    ]);
    expect(partitionPatches(made, partitions)).toEqual([]);
  });

  it('keep boot code and the places of their records when one of them goes', () => {
    const made = disk([primary, extended, ...drives]);
    made.bytes.fill(0x90, 0, 440);
    const [one, two, , third, last] = readMbr(made)!.partitions;
    made.apply(partitionPatches(made, [one!, two!, { ...third!, number: 5 }, { ...last!, number: 6 }]));
    const { partitions, bootCode } = readMbr(made)!;
    expect(bootCode.every((byte) => byte === 0x90)).toBe(true);
    expect(partitions.slice(2)).toEqual([
      { ...drives[1], number: 5, tableSector: 8192 },
      { ...drives[2], number: 6, tableSector: 20480 },
    ]);
  });

  it('need no record in a new extended partition; an empty one ends an old chain', () => {
    const fresh = disk([primary]);
    fresh.bytes.set(buildMbr({ signature: 1, partitions: [extended] }));
    expect(readMbr(fresh)!.partitions).toEqual([extended]);
    const emptied = disk([extended, ...drives]);
    emptied.apply(partitionPatches(emptied, [extended]));
    expect(readMbr(emptied)!.partitions).toEqual([extended]);
  });

  it.each([
    [
      'a loop',
      [20480, 0x1ce],
      entry(5, 8192, 4096),
      'leads to sector 16384, which was read before: the chain is a loop',
    ],
    [
      'a link that leaves the partition',
      [16384, 0x1ce],
      entry(5, 65536, 4096),
      'leads to sector 73728, outside the extended partition, which ends at 49151',
    ],
    [
      'two links',
      [16384, 0x1be],
      entry(5, 8192, 4096),
      'The extended boot record in sector 16384 names two next records',
      0x1ce,
    ],
    [
      'a drive that leaves the partition',
      [16384, 0x1be],
      entry(7, 2048, 65536),
      'Logical drive 6 ends at sector 83967, outside the extended partition',
    ],
    [
      'a drive over the next record',
      [16384, 0x1be],
      entry(7, 2048, 4096),
      'An extended boot record starts at sector 20480, inside logical drive 6, which ends at 22527',
      4096 * 512,
    ],
    ['a drive without sectors', [8192, 0x1be], entry(7, 1, 0), 'Logical drive 5 has no sectors'],
    ['an entry that is none', [8192, 0x1be], [9], 'Partition entry 1 has the status byte 0x9'],
    ['a record without its mark', [16384, 510], [0], 'in sector 16384 does not end with 55 AA'],
  ] as const)('are refused with the offset: %s', (_name, [sector, at], bytes, sentence, refusedAt = at) => {
    const made = disk([primary, extended, ...drives]);
    made.bytes.set(bytes, sector * 512 + at);
    const offset = sector * 512 + refusedAt;
    expect(() => readMbr(made)).toThrow(sentence);
    expect(() => readMbr(made)).toThrow(expect.objectContaining({ offset }));
    expect(() => readMbr(made)).toThrow(DiskFormatError);
  });

  it('leave the primary partitions alone where their chain is damaged', () => {
    const made = disk([primary, extended, ...drives]);
    expect(inspectMbr(made)).toEqual({
      record: readMbr(made),
      chainDamage: undefined,
      tableProblem: undefined,
    });
    made.bytes.fill(0, 16384 * 512, 16385 * 512);
    expect(inspectMbr(made)).toMatchObject({
      record: { partitions: [primary, extended] },
      chainDamage: { offset: 16384 * 512 + 510 },
      tableProblem: undefined,
    });
    const short = inspectMbr(memoryDisk(made.bytes.slice(0, 40000 * 512)))!;
    expect(short.record.partitions).toEqual([primary, extended]);
    expect(short.tableProblem).toMatchObject({
      offset: 0x1ce,
      message:
        'Partition 2 ends at sector 49151, but the disk has only 40000 sectors. Shrink it or enlarge the disk.',
    });
  });

  it('are followed for 256 records and no further', () => {
    const many = (count: number) => [
      partition(1, 1, 4095, 5),
      ...Array.from({ length: count }, (_, index) => partition(5 + index, 2 + index * 2, 1)),
    ];
    expect(readMbr(disk(many(256), 4096))!.partitions.length).toBe(257);
    const tooMany = disk(many(257), 4096);
    expect(() => readMbr(tooMany)).toThrow('the 257th record, where no more than 256 are read');
  });

  it.each([
    [[extended, drives[1]], 'There is a logical drive 6, but none of the number 5.'],
    [[primary, drives[0]], 'There is no extended partition for the logical drive 5. Create one first.'],
    [
      [extended, { ...drives[0], startSector: 8192 }],
      'Logical drive 5 takes the sectors 8192 to 12287, but the extended partition has room from 8193 to 49151.',
    ],
    [
      [extended, drives[0], { ...drives[1], startSector: 14000 }],
      'Logical drive 6 starts at sector 14000, and its extended boot record would stand at 14336.',
    ],
    [
      [extended, drives[0], { ...drives[1], startSector: 14000, tableSector: 9000 }],
      'Logical drive 6 starts at sector 14000, inside logical drive 5, which ends at 14335',
    ],
  ])('are not written wrong: %#', (partitions, sentence) => {
    expect(() => disk(partitions)).toThrow(sentence);
  });
});

/** Tables that are sound: gaps and sizes one after the other. */
const tables = fc
  .record({
    primaries: fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 999 })), {
      maxLength: 3,
    }),
    logicals: fc.option(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 999 })), { maxLength: 9 }),
    ),
    type: fc.constantFrom(7, 0x0b, 0x83, 0x27),
  })
  .map(({ primaries, logicals, type }) => {
    let at = 1;
    const next = (number: number, [gap, size]: readonly [number, number]) => {
      const made = partition(number, at + gap, size, type);
      at = made.startSector + size;
      return made;
    };
    const partitions = primaries.map((range, index) => next(index + 1, range));
    if (!logicals) return partitions;
    const startSector = at;
    const inside = logicals.map((range, index) => next(5 + index, range));
    return [...partitions, partition(4, startSector, at - startSector + 1, 5), ...inside];
  });

describe('any sound table', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(tables, (partitions) => {
        expect(plain(readMbr(disk(partitions, 16384))!.partitions)).toEqual(partitions);
      }),
      { numRuns: 200 },
    );
  });
});

describe.skipIf(!hasProgram('sfdisk'))('sfdisk and fdisk', () => {
  const line = ({ number, startSector, sizeSectors, type, active }: MbrPartition) =>
    `${number}:start=${startSector},size=${sizeSectors},type=${type.toString(16)}${active ? ',bootable' : ''}`;

  it('agree with what we write', () => {
    const wanted = [primary, extended, ...drives];
    const file = folder.write('ours.img', SECTORS * 512, [{ offsetBytes: 0, bytes: disk(wanted).bytes }]);
    const { header, partitions } = sfdiskDump(file);
    expect(header.slice(0, 2)).toEqual(['label: dos', 'label-id: 0x42d9decd']);
    expect(partitions).toEqual(wanted.map(line));
    expect(sfdiskVerify(file)).toMatch(/^No errors detected\.$.*^status 0$/ms);
    expect(execFileSync('fdisk', ['-l', file], { encoding: 'utf8' }).match(/ours\.img\d/g)?.length).toBe(5);
  });

  it('agree on a handful of any tables', () => {
    for (const partitions of fc.sample(tables, { numRuns: 12, seed: 7 })) {
      const bytes = disk(partitions, 16384).bytes;
      const file = folder.write('any.img', bytes.length, [{ offsetBytes: 0, bytes }]);
      expect(sfdiskDump(file).partitions).toEqual(partitions.map(line));
    }
  });

  it('write what we read', () => {
    const script =
      'label: dos\nlabel-id: 0x01020304\nstart=2048,size=4096,type=7,bootable\nstart=8192,type=f\n' +
      'start=10240,size=4096,type=7\nstart=20480,size=2048,type=83\nstart=24576,size=8192,type=c\n';
    const bytes = folder.partition('theirs.img', SECTORS * 512, script);
    const table = readMbr(memoryDisk(bytes))!;
    expect(table.signature).toBe(0x01020304);
    expect(table.partitions.map(line)).toEqual([
      '1:start=2048,size=4096,type=7,bootable',
      '2:start=8192,size=57344,type=f',
      '5:start=10240,size=4096,type=7',
      '6:start=20480,size=2048,type=83',
      '7:start=24576,size=8192,type=c',
    ]);
    expect(
      partitionPatches(memoryDisk(bytes), table.partitions).map(({ offsetBytes }) => offsetBytes),
    ).not.toContain(0);
  });
});

import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { DiskFormatError } from '../bytes';
import { memoryDisk } from '../testing/ldm-samples';
import { hasProgram, imageFolder, sfdiskDump, sfdiskVerify } from '../testing/partition-programs';
import {
  addPartition,
  changePartition,
  createGpt,
  freeRanges,
  type GptPartition,
  type GuidPartitionTable,
  gptPatches,
  inspectGpt,
  PARTITION_TYPES,
  protectiveMbrPatch,
  readGpt,
  removePartition,
  renewIdentifiers,
  withAttribute,
} from './index';

const SECTORS = 65536;
const MIB = 2048;
const GIB = 1024 * MIB;
const folder = imageFolder();
afterAll(() => folder.remove());

/** GUIDs that a test can name: the given group counts up. */
function guids(start = 1): () => string {
  let next = start;
  return () => `00000000-0000-4000-8000-${String(next++).padStart(12, '0')}`;
}

const data = (startSector: number, sizeSectors: number): Omit<GptPartition, 'number'> => ({
  type: PARTITION_TYPES.basicData,
  guid: randomUUID(),
  startSector,
  sizeSectors,
  name: 'Basic data partition',
  attributes: withAttribute(0n, 'noDriveLetter', true),
});
const empty = createGpt({ diskSectors: SECTORS, newGuid: guids() });

function disk(table: GuidPartitionTable, sectors = SECTORS) {
  const made = memoryDisk(new Uint8Array(sectors * 512));
  made.apply([protectiveMbrPatch(made), ...gptPatches(table, sectors)]);
  return made;
}

describe('a new GPT', () => {
  it('is read as it was written, from both copies', () => {
    const table = addPartition(addPartition(empty, data(2048, 4096)), data(8192, 1024));
    expect(inspectGpt(disk(table))).toMatchObject({ agree: true, table });
    expect(readGpt(disk(table))).toEqual(table);
  });

  it.each([
    ['classic', 16 * GIB - 1, 34, 32 * MIB],
    ['classic', 16 * GIB, 34, 128 * MIB],
    ['modern', 16 * GIB, 34, 16 * MIB - 34],
  ] as const)(
    'has the %s reserved partition of a disk of %i sectors',
    (reserved, diskSectors, start, size) => {
      const { partitions } = createGpt({ diskSectors, newGuid: guids(), reserved });
      expect(partitions).toMatchObject([
        { number: 1, type: PARTITION_TYPES.microsoftReserved, startSector: start, sizeSectors: size },
      ]);
    },
  );

  it('needs a disk that it fits on', () => {
    expect(() => createGpt({ diskSectors: 60, newGuid: guids() })).toThrow(
      'A disk of 60 sectors is too small for a GPT. Use a larger disk, or a master boot record.',
    );
    expect(() => createGpt({ diskSectors: SECTORS, newGuid: guids(), reserved: 'classic' })).toThrow(
      'too small for a GPT with a Microsoft reserved partition',
    );
  });

  it('keeps the boot code of sector 0', () => {
    const made = memoryDisk(new Uint8Array(SECTORS * 512).fill(0x90));
    const { bytes } = protectiveMbrPatch(made);
    expect(bytes.slice(0, 440).every((byte) => byte === 0x90)).toBe(true);
    expect([...bytes.slice(440, 462)].map((byte) => byte.toString(16)).join(' ')).toBe(
      '0 0 0 0 0 0 0 0 2 0 ee 14 10 4 1 0 0 0 ff ff 0 0',
    );
  });
});

describe('a changed GPT', () => {
  const table = addPartition(addPartition(empty, data(2048, 4096)), data(8192, 1024));

  it('takes the first unused entry for a new partition', () => {
    const less = removePartition(table, 1);
    expect(less.partitions.map(({ number }) => number)).toEqual([2]);
    expect(addPartition(less, data(2048, 1)).partitions.map(({ number }) => number)).toEqual([1, 2]);
    expect(() => removePartition(less, 1)).toThrow('The GPT has no partition 1. It has 2.');
  });

  it('keeps what was not asked to change', () => {
    const changed = changePartition(table, 2, { name: 'Recovery', type: PARTITION_TYPES.recovery });
    expect(readGpt(disk(changed))).toEqual({
      ...table,
      partitions: [
        table.partitions[0],
        { ...table.partitions[1], name: 'Recovery', type: PARTITION_TYPES.recovery },
      ],
    });
  });

  it('keeps the entries where another program put them', () => {
    const moved = { ...table, firstUsableSector: 100, primaryEntriesSector: 60 };
    const made = disk(moved);
    expect(readGpt(made)).toEqual(moved);
    expect(inspectGpt(made)).toMatchObject({ agree: true, primary: { entriesSector: 60 } });
    made.bytes.fill(0x90, 2 * 512, 60 * 512);
    made.apply(gptPatches(removePartition(readGpt(made)!, 1), SECTORS));
    expect(made.bytes.slice(2 * 512, 60 * 512).every((byte) => byte === 0x90)).toBe(true);
  });

  it('gets new GUIDs for the disk and every partition where it was a copy', () => {
    const renewed = renewIdentifiers(table, guids(100));
    expect([renewed.diskGuid, ...renewed.partitions.map(({ guid }) => guid)]).toEqual(
      [100, 101, 102].map((number) => `00000000-0000-4000-8000-000000000${number}`),
    );
    expect(renewed.partitions[1]).toMatchObject({ startSector: 8192, sizeSectors: 1024 });
  });

  it('knows its free ranges', () => {
    expect(freeRanges(table)).toEqual([
      { startSector: 34, sizeSectors: 2014 },
      { startSector: 6144, sizeSectors: 2048 },
      { startSector: 9216, sizeSectors: SECTORS - 33 - 9216 },
    ]);
  });

  it.each([
    [
      addPartition(table, data(9000, 100)),
      (SECTORS - 33) * 512 + 2 * 128 + 32,
      'Partition 3 starts at sector 9000, inside partition 2, which ends at 9215',
    ],
    [
      addPartition(table, data(33, 10)),
      (SECTORS - 33) * 512 + 2 * 128 + 32,
      'Partition 3 takes the sectors 33 to 42, but those for partitions are 34 to 65502',
    ],
    [addPartition(table, data(65000, 1000)), (SECTORS - 33) * 512 + 288, 'Partition 3 takes the sectors'],
    [
      changePartition(table, 1, { name: 'x'.repeat(37) }),
      (SECTORS - 33) * 512 + 56,
      'of partition 1 has 37 characters (at byte 33537592). 36 are valid.',
    ],
    [
      { ...table, lastUsableSector: SECTORS - 2 },
      (SECTORS - 1) * 512 + 72,
      'The GPT puts its own entries at sector 65503, and gives the sectors 34 to 65534 to partitions',
    ],
  ])('is not written wrong: %#', (wrong, offset, sentence) => {
    expect(() => gptPatches(wrong, SECTORS)).toThrow(sentence);
    expect(() => gptPatches(wrong, SECTORS)).toThrow(expect.objectContaining({ offset }));
    expect(() => gptPatches(wrong, SECTORS)).toThrow(DiskFormatError);
  });
});

const SMALL_SECTORS = 16384;
const small = createGpt({ diskSectors: SMALL_SECTORS, newGuid: guids() });
const tables = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 100 }),
      sizeSectors: fc.integer({ min: 1, max: 200 }),
      guid: fc.uuid(),
      type: fc.constantFrom(...Object.values(PARTITION_TYPES).slice(1)),
      name: fc.string({
        maxLength: 36,
        unit: fc.integer({ min: 0x20, max: 0xd7ff }).map((unit) => String.fromCharCode(unit)),
      }),
      attributes: fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }),
      skip: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 40 },
  )
  .map((entries): GuidPartitionTable => {
    let at = small.firstUsableSector;
    let number = 0;
    const partitions = entries.map(({ gap, skip, ...entry }) => {
      const startSector = at + gap;
      at = startSector + entry.sizeSectors;
      number += skip;
      return { number, startSector, ...entry };
    });
    return { ...small, partitions };
  });

it('any sound table is read as it was written', () => {
  fc.assert(
    fc.property(tables, (table) => {
      const { agree, table: read } = inspectGpt(disk(table, SMALL_SECTORS));
      expect(agree).toBe(true);
      expect(read).toEqual(table);
    }),
    { numRuns: 100 },
  );
});

describe.skipIf(!hasProgram('sfdisk'))('sfdisk and fdisk', () => {
  const line = ({ number, startSector, sizeSectors, type, guid }: GptPartition) =>
    `${number}:start=${startSector},size=${sizeSectors},type=${type.toUpperCase()},uuid=${guid.toUpperCase()}`;
  const write = (name: string, bytes: Uint8Array) =>
    folder.write(name, bytes.length, [{ offsetBytes: 0, bytes }]);

  const table = addPartition(addPartition(empty, data(2048, 4096)), data(8192, 1024));

  it('agree with what we write', () => {
    const file = write('ours.img', disk(table).bytes);
    const { header, partitions } = sfdiskDump(file);
    expect(header).toContain(`label-id: ${table.diskGuid.toUpperCase()}`);
    expect(header).toContain('first-lba: 34');
    expect(header).toContain(`last-lba: ${SECTORS - 34}`);
    expect(partitions).toEqual(
      table.partitions.map((partition) => `${line(partition)},name="Basicdatapartition",attrs="GUID:63"`),
    );
    expect(sfdiskVerify(file)).toMatch(/^No errors detected\.$.*^Header version: 1\.0$.*^status 0$/ms);
    expect(execFileSync('fdisk', ['-l', file], { encoding: 'utf8' })).toContain('Microsoft basic data');
  });

  it('read our backup where the primary is gone', () => {
    const made = disk(table);
    made.bytes.fill(0, 512, 34 * 512);
    expect(
      sfdiskDump(write('backup.img', made.bytes)).partitions.map((text) => text.split(',name')[0]),
    ).toEqual(table.partitions.map(line));
  });

  it('agree on a handful of any tables', () => {
    for (const any of fc.sample(tables, { numRuns: 10, seed: 3 })) {
      const file = write('any.img', disk(any, SMALL_SECTORS).bytes);
      expect(sfdiskDump(file).partitions.map((text) => text.split(/,name=|,attrs=/)[0])).toEqual(
        any.partitions.map(line),
      );
      expect(sfdiskVerify(file)).toContain('No errors detected.');
    }
  });
});

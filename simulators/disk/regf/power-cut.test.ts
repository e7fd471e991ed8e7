import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readU32, writeU32 } from '../bytes';
import { createHive, type Hive, parseHive, planHiveWrite } from '.';
import { checksumValid } from './base-block';
import { textOf } from './testing/content';
import { afterSteps, type HiveFiles, powerCuts } from './testing/crashes';
import { twoLogs } from './testing/dirty-hives';

/** A hive that changes in several places: values of all sizes, keys that come and go. */
function change(hive: Hive, round: number, size: number): void {
  hive.createKey('Steady').setDword('Round', round);
  hive.createKey(`Round ${round}`).setBinary('Data', new Uint8Array(size).fill(round));
  hive.deleteKey(`Round ${round - 1}`);
  for (let index = 0; index < 30; index += 1)
    hive.createKey(`Many\\Key ${index}`).setDword('n', round * index);
}

function firstHive(minorVersion: 3 | 5, size: number): Hive {
  const hive = createHive('ROOT', { minorVersion, fileName: 'test' });
  change(hive, 1, size);
  return hive;
}

const read = ({ hive, logs }: HiveFiles) => textOf(parseHive(hive, { logs }).root);

/** Walks every power cut of one write and gives the states that the files were left in. */
function walk(
  files: HiveFiles,
  next: Hive,
  format: 'old' | 'new',
  below: (limit: number) => number,
): HiveFiles[] {
  const steps = planHiveWrite(files.hive, next, { logs: files.logs, format });
  const before = read(files);
  const after = textOf(next.root);
  const left: HiveFiles[] = [];
  let seenAfter = false;
  for (const { files: cutFiles, cut } of powerCuts(files, steps, below)) {
    const found = read(cutFiles);
    if (found !== before && found !== after) throw new Error(`A mixture of both hives, ${cut}`);
    seenAfter = found === after;
    left.push(cutFiles);
  }
  expect(seenAfter).toBe(true);
  const end = parseHive(left.at(-1)!.hive);
  expect([end.properties.state, textOf(end.root)]).toEqual(['clean', after]);
  return left;
}

describe('a write that the power is cut in', () => {
  const shapes = fc.record({
    minorVersion: fc.constantFrom(3 as const, 5 as const),
    format: fc.constantFrom('old' as const, 'new' as const),
    nextFormat: fc.constantFrom('old' as const, 'new' as const),
    // Hives grow and shrink from one write to the next.
    sizes: fc.tuple(fc.nat(20_000), fc.nat(20_000), fc.nat(20_000)),
    logs: fc.integer({ min: 0, max: 2 }),
    numbers: fc.infiniteStream(fc.nat(0x7fffffff)),
  });

  it('leaves the old or the new hive, and so does the next write from there', () => {
    fc.assert(
      fc.property(shapes, ({ minorVersion, format, nextFormat, sizes, logs, numbers }) => {
        const below = (limit: number) => (numbers.next().value ?? 0) % limit;
        let files: HiveFiles = {
          hive: firstHive(minorVersion, sizes[0]).serialize(),
          logs: Array.from({ length: logs }, () => new Uint8Array(0)),
        };
        const second = parseHive(files.hive);
        change(second, 2, sizes[1]);
        const left = walk(files, second, format, below);
        files = left[below(left.length)]!;
        const third = parseHive(files.hive, { logs: files.logs });
        change(third, 3, sizes[2]);
        walk(files, third, nextFormat, below);
      }),
      { numRuns: 10 },
    );
  });

  it('first brings in what two logs hold', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(0x7fffffff)), fc.constantFrom('old', 'new'), (numbers, format) => {
        const { hive, first, second } = twoLogs();
        const files = { hive, logs: [second, first] };
        const next = parseHive(hive, { logs: files.logs });
        change(next, 9, 3000);
        walk(files, next, format, (limit) => (numbers.next().value ?? 0) % limit);
      }),
      { numRuns: 4 },
    );
  });

  // The checksum of a base block is an XOR, in which equal changes of two fields cancel each other out.
  describe.each(['old', 'new'] as const)(
    'whose base blocks share a checksum, with a log of the %s format',
    (format) => {
      const always0 = () => 0;

      it('does not take a torn mark for clean when both sequence numbers have moved on', () => {
        const hive = firstHive(3, 0).serialize();
        const second = parseHive(hive);
        change(second, 2, 12_000);
        const steps = planHiveWrite(hive, second, { format });
        const inLog = steps.findLastIndex(({ file }) => file === 0) + 1;
        const files = afterSteps({ hive, logs: [] }, steps.slice(0, inLog));
        // Of the sector that says "dirty" the first 12 bytes have been written, which changes no more than this.
        const torn = files.hive.slice();
        writeU32(torn, 4, readU32(hive, 4) + 1);
        const both = torn.slice();
        writeU32(both, 8, readU32(hive, 8) + 1);
        expect([checksumValid(torn), checksumValid(both)]).toEqual([false, true]);
        const third = parseHive(torn, { logs: files.logs });
        expect(textOf(third.root)).toBe(textOf(second.root));
        change(third, 3, 6);
        walk({ hive: torn, logs: files.logs }, third, format, always0);
      });

      it('does not take a torn mark for clean when time and sequence number change by the same bits', () => {
        const hive = createHive('ROOT', { clock: () => 1n });
        hive.createKey('Large').setBinary('Data', new Uint8Array(5000));
        const before = hive.serialize();
        const next = parseHive(before);
        next.deleteKey('Large');
        const left = walk({ hive: before, logs: [] }, next, format, always0);
        const after = parseHive(left.at(-1)!.hive);
        expect([hive, after].map(({ properties }) => [properties.sequence, properties.lastWritten])).toEqual([
          [1, 1n],
          [2, 2n],
        ]);
      });
    },
  );
});

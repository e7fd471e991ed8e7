import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readI32 } from '../bytes';
import { expectSame, exportedLines, exportOf, listing, outputOf } from '../testing/hivex';
import { createHive, type Hive, parseHive } from '.';
import { textOf } from './testing/content';

const shared = process.env['RESCUE_LAB_SHARED'] ?? path.resolve(__dirname, '../../../../shared');
const sample = path.join(shared, 'samples/hives/SYSTEM.xz');
const has = (program: string) => spawnSync('which', [program]).status === 0;
const tools = ['hivexregedit', 'hivexsh', 'reglookup'].every(has);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'update-hive-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const PAGE = 4096;
const STAMP = { sequence: 7, lastWritten: 99n };

function differentPages(before: Uint8Array, after: Uint8Array): number[] {
  const pages: number[] = [];
  for (let at = PAGE; at < after.length; at += PAGE) {
    if (Buffer.compare(before.subarray(at, at + PAGE), after.subarray(at, at + PAGE)) !== 0) pages.push(at);
  }
  return pages;
}

/** Bytes in cells that are in use. */
function bytesInUse(file: Uint8Array): number {
  let sum = 0;
  for (let bin = PAGE; bin < file.length; ) {
    const end = bin + readI32(file, bin + 8);
    for (let cell = bin + 32; cell < end; cell += Math.abs(readI32(file, cell)))
      sum += Math.max(0, -readI32(file, cell));
    bin = end;
  }
  return sum;
}

type Edit = (hive: Hive) => void;
const names = fc.constantFrom('a', 'B', 'Ключ', 'a longer name', 'z');
const paths = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('\\'));
const data = fc
  .tuple(fc.oneof(fc.nat(40), fc.nat(5000), fc.constant(40_000)), fc.nat(255))
  .map(([size, fill]) => new Uint8Array(size).fill(fill));
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(paths, names, data).map(
    ([key, name, bytes]): Edit =>
      (hive) =>
        hive.createKey(key).setBinary(name, bytes),
  ),
  fc.tuple(paths, names).map(
    ([key, name]): Edit =>
      (hive) =>
        void hive.key(key)?.deleteValue(name),
  ),
  paths.map(
    (key): Edit =>
      (hive) =>
        void hive.deleteKey(key),
  ),
  fc.tuple(paths, fc.option(names)).map(
    ([key, name]): Edit =>
      (hive) => {
        hive.createKey(key).className = name ?? undefined;
      },
  ),
  fc.tuple(paths, fc.nat(900)).map(
    ([key, count]): Edit =>
      (hive) => {
        for (let index = 0; index < count; index += 1) hive.createKey(`${key}\\key ${index}`);
      },
  ),
);

describe('a hive that is written over itself', () => {
  it('holds exactly the new tree after any edits, and no cell without an owner', async () => {
    const round = fc.array(edits, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(3 as const, 5 as const),
        fc.array(round, { minLength: 1, maxLength: 5 }),
        async (minorVersion, rounds) => {
          let bytes = createHive('ROOT', { minorVersion }).serialize();
          for (const round of rounds) {
            const hive = parseHive(bytes);
            for (const edit of round) edit(hive);
            bytes = hive.serializeOver(bytes, STAMP)!;
            const again = parseHive(bytes);
            expect(textOf(again.root)).toBe(textOf(hive.root));
            expect(bytesInUse(bytes)).toBe(bytesInUse(hive.serialize()));
          }
          const hive = parseHive(bytes);
          expect([hive.properties.state, hive.properties.sequence]).toEqual(['clean', 7]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('changes one page for one value', () => {
    const hive = createHive('ROOT');
    for (let index = 0; index < 1000; index += 1)
      hive.createKey(`Keys\\${index}`).setBinary('v', new Uint8Array(100));
    const before = hive.serialize();
    const next = parseHive(before);
    next.key('Keys\\500')!.setBinary('v', new Uint8Array(100).fill(1));
    const after = next.serializeOver(before, STAMP)!;
    expect(after.length).toBe(before.length);
    // The first page holds the time of the write.
    expect(differentPages(before, after).length).toBeLessThanOrEqual(2);
  });

  it('is not possible where that is another hive, or a damaged one', () => {
    const hive = createHive('ROOT');
    hive.createKey('a').setDword('b', 1);
    const bytes = createHive('OTHER').serialize();
    expect(hive.serializeOver(bytes, STAMP)).toBeUndefined();
    const damaged = hive.serialize().fill(0, PAGE + 32, PAGE + 36);
    expect(hive.serializeOver(damaged, STAMP)).toBeUndefined();
  });

  describe.skipIf(!tools)('for other programs', () => {
    it('is the same after it grew and shrank, with bytes behind its end', async () => {
      let bytes = createHive('ROOT', { minorVersion: 3 }).serialize();
      const change = (edit: Edit) => {
        const hive = parseHive(bytes);
        edit(hive);
        bytes = hive.serializeOver(bytes, STAMP)!;
        return hive;
      };
      change((hive) => hive.createKey('Large').setBinary('v', new Uint8Array(9000).fill(1)));
      for (let index = 0; index < 700; index += 1)
        change((hive) => hive.createKey(`Many\\${index % 90}\\${index}`));
      change((hive) => hive.deleteKey('Many\\5'));
      const hive = change((hive) => hive.deleteKey('Large'));
      const file = path.join(folder, 'hive');
      writeFileSync(file, Buffer.concat([bytes, new Uint8Array(2 * PAGE).fill(0xee)]));
      expectSame(exportedLines(await exportOf(file)), listing(hive.root));
      const looked = (await outputOf('reglookup', ['-t', 'KEY', file])).match(/,KEY,/g);
      expect(looked?.length).toBe(1 + exportedLines(await exportOf(file)).length - 1);
      const commands = 'add New\ncd New\nsetval 1\nx\nstring:z\ncommit\nquit\n';
      expect(spawnSync('hivexsh', ['-w', file], { input: commands, encoding: 'utf8' }).stderr).toBe('');
    });

    it.skipIf(!existsSync(sample) || !has('xz'))(
      'keeps what Windows wrote: few pages of a SYSTEM hive differ',
      async () => {
        const before = new Uint8Array(execFileSync('xz', ['-dc', sample], { maxBuffer: 1 << 28 }));
        const hive = parseHive(before);
        hive.createKey('ControlSet001\\Services\\New service').setString('ImagePath', 'x'.repeat(300));
        hive.deleteKey('ControlSet001\\Services\\Beep');
        hive.key('ControlSet001\\Control\\ComputerName\\ComputerName')!.setString('ComputerName', 'CHANGED');
        const after = hive.serializeOver(before, STAMP)!;
        expect(textOf(parseHive(after).root)).toBe(textOf(hive.root));
        expect(differentPages(before, after).length).toBeLessThan(30);
        const file = path.join(folder, 'system');
        writeFileSync(file, after);
        expectSame(exportedLines(await exportOf(file)), listing(hive.root));
      },
      60_000,
    );
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSame, exportedLines, exportOf, listing, outputOf } from '../testing/hivex';
import { createHive, fileTimeFromUnix, type Hive, parseHive, registryData } from '.';
import { firstDifference } from './testing/content';

const shared = process.env['RESCUE_LAB_SHARED'] ?? path.resolve(__dirname, '../../../../shared');
const samples = path.join(shared, 'samples');
const has = (program: string) => spawnSync('which', [program]).status === 0;
const tools = ['hivexregedit', 'hivexsh', 'reglookup', 'xz'].every(has);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'regf-witness-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sampleNames = existsSync(samples)
  ? [
      ...readdirSync(path.join(samples, 'hives')).map((name) => `hives/${name}`),
      ...readdirSync(path.join(samples, 'bcd'))
        .filter((name) => !name.endsWith('.txt'))
        .map((name) => `bcd/${name}`),
    ]
  : [];

/** Puts a sample, unpacked, where the witnesses can read it. */
function unpack(name: string): string {
  const file = path.join(folder, 'sample');
  const source = path.join(samples, name);
  const maxBuffer = 1 << 28;
  writeFileSync(
    file,
    name.endsWith('.xz') ? execFileSync('xz', ['-dc', source], { maxBuffer }) : readFileSync(source),
  );
  return file;
}

function save(bytes: Uint8Array): string {
  const file = path.join(folder, 'written');
  writeFileSync(file, bytes);
  return file;
}

/** Paths, types, values and times (in seconds), security descriptors included, as reglookup sees them. */
const lookup = (file: string) => outputOf('reglookup', ['-s', '-i', file]);

function manyThings(): Hive {
  const hive = createHive('Test', { clock: () => fileTimeFromUnix(Date.UTC(2016, 1, 13, 12, 53, 20)) });
  const values = hive.createKey('Values');
  values.setString('', 'the default value');
  values.setString('quotes "and" back\\slashes', 'Größe');
  values.setExpandString('Expand', '%SystemRoot%\\x');
  values.setStrings('Multi', ['one', 'two']);
  values.setDword('Dword', 0x80000001);
  values.setQword('Qword', 0x8000000000000001n);
  values.setString('Имя', 'значение');
  values.setValue('odd type', { type: 0x3e8, data: new Uint8Array(0) });
  values.setValue('three bytes', registryData.binary(Uint8Array.of(1, 2, 3)));
  for (const size of [5, 4000, 16_344, 16_345, 32_688, 100_001]) {
    values.setBinary(
      `binary ${size}`,
      Uint8Array.from({ length: size }, (_x, index) => (index * 7 + size) & 0xff),
    );
  }
  for (let index = 0; index < 1234; index += 1) hive.createKey(`Many\\key ${index}`).setDword('n', index);
  hive.createKey('Ключ\\unter').className = 'a class';
  return hive;
}

describe.skipIf(!tools)('other programs', () => {
  it('read what we write: names, types, lists of lists, big values', async () => {
    const hive = manyThings();
    const file = save(hive.serialize());
    expectSame(exportedLines(await exportOf(file)), listing(hive.root));
    const times = (await outputOf('reglookup', ['-t', 'KEY', file]))
      .split('\n')
      .filter((line) => line.includes(',KEY,'));
    expect(times.length).toBe(1234 + 5);
    expect(times.every((line) => line.endsWith(',2016-02-13 12:53:20'))).toBe(true);
  });

  it('can change what we write', () => {
    const hive = createHive('Test', { minorVersion: 3 });
    hive.createKey('a\\b').setDword('x', 1);
    const file = save(hive.serialize());
    const commands = 'cd a\\b\nadd c\ncd c\nsetval 1\ny\nstring:z\ncommit\nquit\n';
    const { status, stderr } = spawnSync('hivexsh', ['-w', file], { input: commands, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const changed = parseHive(new Uint8Array(readFileSync(file)));
    expect(changed.key('A\\B\\C')?.getString('Y')).toBe('z');
    expect(changed.key('a\\b')?.getDword('x')).toBe(1);
  });

  describe.skipIf(sampleNames.length === 0)('and samples made by Windows', () => {
    it.each(sampleNames)(
      'agree on all keys and values of %s, before and after we write it',
      async (name) => {
        const file = unpack(name);
        const hive = parseHive(new Uint8Array(readFileSync(file)));
        const written = save(hive.serialize());
        const [exported, exportedAgain, looked, lookedAgain] = await Promise.all([
          exportOf(file),
          exportOf(written),
          lookup(file),
          lookup(written),
        ]);
        expectSame(listing(hive.root), exportedLines(exported));
        if (exportedAgain !== exported) expectSame(exportedLines(exportedAgain), exportedLines(exported));
        if (lookedAgain !== looked) expectSame(lookedAgain.split('\n'), looked.split('\n'));
        // What neither of them shows: class names, flags, marks; and the base block's other fields.
        const again = parseHive(new Uint8Array(readFileSync(written)));
        expect(firstDifference(again.root, hive.root)).toBeUndefined();
        const reserved = (path: string) => readFileSync(path).subarray(0x70, 0x1fc);
        expect(reserved(written).equals(reserved(file))).toBe(true);
      },
      120_000,
    );
  });
});

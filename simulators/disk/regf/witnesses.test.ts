import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../bytes';
import { createHive, fileTimeFromUnix, type Hive, type HiveKey, parseHive, registryData } from '.';

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

function run(program: string, args: readonly string[]): string[] {
  const { stdout, status } = spawnSync(program, args, { maxBuffer: 1 << 28, encoding: 'latin1' });
  expect(status, `${program} ${args.join(' ')}`).toBe(0);
  return stdout.split('\n');
}

/** `[\path]` and `"value"=type:bytes` lines of hivexregedit, each value line after its key's path. */
function exportOf(file: string): string[] {
  let key = '';
  return run('hivexregedit', ['--export', file, '\\']).flatMap((line) => {
    if (line.startsWith('[')) {
      key = line;
      return [line];
    }
    return /^["@]/.test(line) ? [`${key} ${line}`] : [];
  });
}

/** Our tree in the words of hivexregedit. */
function listing(key: HiveKey): string[] {
  const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
  const head = `[\\${utf8(key.path)}]`;
  const values = key.values().map(({ name, type, data }) => {
    const label = name === '' ? '@' : `"${utf8(name).replace(/[\\"]/g, '\\$&')}"`;
    const bytes = toHex(data).replace(/..(?=.)/g, '$&,');
    const dword = toHex(data.slice().reverse());
    return `${head} ${label}=${type === 4 && data.length === 4 ? `dword:${dword}` : `hex(${type.toString(16)}):${bytes}`}`;
  });
  return [head, ...values, ...key.subkeys().flatMap(listing)];
}

/** Paths, types, values and times (in seconds), security descriptors included, as reglookup sees them. */
function lookup(file: string): string[] {
  return run('reglookup', ['-s', '-i', file]).sort();
}

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
  it('read what we write: names, types, lists of lists, big values', () => {
    const hive = manyThings();
    const file = save(hive.serialize());
    expect(exportOf(file).sort()).toEqual(listing(hive.root).sort());
    const times = run('reglookup', ['-t', 'KEY', file]).filter((line) => line.includes(',KEY,'));
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
    it.each(sampleNames)('agree on all keys and values of %s, before and after we write it', (name) => {
      const file = unpack(name);
      const hive = parseHive(new Uint8Array(readFileSync(file)));
      const expected = exportOf(file);
      const ours = listing(hive.root);
      expect(ours.length).toBe(expected.length);
      expect(ours.sort()).toEqual([...expected].sort());
      const written = save(hive.serialize());
      expect(exportOf(written).sort()).toEqual(expected.sort());
      expect(lookup(written)).toEqual(lookup(file));
    });
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sameBytes, toHex } from '../../../disk/bytes';
import { createHive, parseHive, RegistryType } from '../../../disk/regf';
import { formatRegFile, parseRegFile } from './reg-file';

const ROOT = 'HKEY_LOCAL_MACHINE\\X';
const haveHivex = spawnSync('which', ['hivexregedit']).status === 0;

it('keeps every value, whatever its type and bytes', () => {
  // Line ends within names cannot be told from those of the file.
  const name = fc.string({ maxLength: 12 }).filter((text) => !/[\r\n]/.test(text));
  const value = fc.record({
    name,
    type: fc.constantFrom(...Object.values(RegistryType), 0x3e8),
    data: fc.uint8Array({ maxLength: 120 }),
  });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), fc.string({ maxLength: 12 }), (values, text) => {
      const hive = createHive('X');
      for (const { name: one, ...data } of values) hive.root.setValue(one, data);
      hive.root.setString('a text', text);
      const entries = parseRegFile(formatRegFile(hive.root, ROOT));
      const kept = entries.filter((entry) => entry.kind === 'value');
      expect(kept.map(({ name: one, value: { type, data } }) => ({ name: one, type, data }))).toEqual(
        hive.root.values(),
      );
    }),
  );
});

it('reads a value of a megabyte at once', () => {
  const hive = createHive('X');
  const data = Uint8Array.from({ length: 1 << 20 }, (_x, index) => index * 7);
  hive.root.setBinary('Big', data);
  const [, entry] = parseRegFile(formatRegFile(hive.root, ROOT));
  expect(entry?.kind === 'value' && sameBytes(entry.value.data, data)).toBe(true);
});

it('breaks long rows of bytes as Windows does', () => {
  const hive = createHive('X');
  hive.root.setBinary('Bytes', new Uint8Array(60).fill(0xab));
  const lines = formatRegFile(hive.root, ROOT).split('\r\n');
  expect(lines.slice(0, 4)).toEqual([
    'Windows Registry Editor Version 5.00',
    '',
    `[${ROOT}]`,
    `"Bytes"=hex:${'ab,'.repeat(22)}\\`,
  ]);
  expect(lines[4]).toBe(`  ${'ab,'.repeat(25)}\\`);
});

it.skipIf(!haveHivex)('is understood by hivexregedit', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reg-file-'));
  try {
    const hive = createHive('X');
    const key = hive.createKey('Sub key\\deeper');
    key.setString('quotes "and" back\\slashes', 'C:\\x "y"');
    key.setDword('Number', 0x80000001);
    key.setStrings('Many', ['one', 'two']);
    key.setBinary(
      'Bytes',
      Uint8Array.from({ length: 200 }, (_x, index) => index),
    );
    key.setExpandString('', '%SystemRoot%');
    const target = path.join(folder, 'hive');
    const script = path.join(folder, 'x.reg');
    writeFileSync(target, createHive('X').serialize());
    writeFileSync(script, formatRegFile(hive.root, ROOT));
    const { status, stderr } = spawnSync(
      'hivexregedit',
      ['--merge', '--prefix', ROOT, '--encoding', 'UTF-16LE', target, script],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const merged = parseHive(new Uint8Array(readFileSync(target))).key('Sub key\\deeper');
    const sorted = (values = key.values()) =>
      values
        .map(({ name, type, data }) => ({ name, type, data: toHex(data) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(sorted(merged?.values())).toEqual(sorted());
  } finally {
    rmSync(folder, { recursive: true });
  }
});

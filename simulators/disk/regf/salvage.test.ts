import { describe, expect, it } from 'vitest';
import { writeU32 } from '../bytes';
import { createHive, type HiveDamage, parseHive } from '.';
import { textOf } from './testing/content';

/** `A\Sound`, `B` (with a class name and two values) and `C` below the root. */
function sampleBytes(): Uint8Array {
  const hive = createHive('ROOT');
  hive.createKey('A\\Sound').setString('Text', 'kept');
  const key = hive.createKey('B');
  key.className = 'the class';
  key.setDword('First', 1);
  key.setBinary('Second', new Uint8Array(100).fill(9));
  hive.createKey('C').setDword('Third', 3);
  return hive.serialize();
}

/** File offset of a cell's payload: of the key or value with this name. */
function cellOf(bytes: Uint8Array, kind: 'nk' | 'vk', name: string): number {
  return Buffer.from(bytes).indexOf(name, 4096, 'latin1') - (kind === 'nk' ? 0x4c : 0x14);
}

function salvage(bytes: Uint8Array) {
  const damages: HiveDamage[] = [];
  const hive = parseHive(bytes, { onDamage: (damage) => damages.push(damage) });
  // What was salvaged can be written, and is whole then.
  expect(textOf(parseHive(hive.serialize()).root)).toBe(textOf(hive.root));
  return { hive, damages };
}

describe('a damaged hive, read as far as possible', () => {
  it('loses a value that cannot be read, and tells where it was', () => {
    const bytes = sampleBytes();
    const value = cellOf(bytes, 'vk', 'Second');
    writeU32(bytes, value + 8, 0x7ffffff8);
    const { hive, damages } = salvage(bytes);
    expect(
      hive
        .key('B')
        ?.values()
        .map(({ name }) => name),
    ).toEqual(['First']);
    expect(hive.key('A\\Sound')?.getString('Text')).toBe('kept');
    expect(damages).toEqual([
      {
        path: 'B',
        part: 'value',
        offset: 0x7ffffff8 + 4096,
        reason: "the offset of a value's data points outside of the bins or between cells",
      },
    ]);
    expect(() => parseHive(bytes)).toThrow("a value's data points outside of the bins");
  });

  it('loses a subkey with everything below it, and keeps its brothers', () => {
    const bytes = sampleBytes();
    const key = cellOf(bytes, 'nk', 'A');
    bytes[key] = 0;
    const { hive, damages } = salvage(bytes);
    expect(hive.root.subkeys().map(({ name }) => name)).toEqual(['B', 'C']);
    expect(damages).toEqual([
      { path: '', part: 'subkey', offset: key, reason: 'a key does not start with "nk"' },
    ]);
  });

  it('keeps a key whose lists, class name or security descriptor are gone', () => {
    const bytes = sampleBytes();
    const root = 4096 + 0x20 + 4;
    const key = cellOf(bytes, 'nk', 'B');
    writeU32(bytes, key + 0x28, 4);
    writeU32(bytes, key + 0x2c, 0x20);
    writeU32(bytes, key + 0x30, 4);
    writeU32(bytes, cellOf(bytes, 'nk', 'A') + 0x1c, 0x20);
    const { hive, damages } = salvage(bytes);
    expect(damages.map(({ path, part }) => [path, part])).toEqual([
      ['B', 'class name'],
      ['B', 'security descriptor'],
      ['B', 'value list'],
      ['A', 'subkey list'],
    ]);
    expect(hive.key('B')?.securityDescriptor).toEqual(hive.root.securityDescriptor);
    expect(damages.at(-1)?.offset).toBe(root);
  });

  it('is found by the flag of its root where the base block is lost, or leads nowhere', () => {
    const bytes = sampleBytes();
    const whole = textOf(parseHive(bytes).root);
    const lost = bytes.slice().fill(0, 0, 512);
    const first = salvage(lost);
    expect(first.damages).toEqual([
      { path: '', part: 'base block', offset: 0, reason: 'it does not start with "regf"' },
    ]);
    expect(textOf(first.hive.root)).toBe(whole);
    const elsewhere = bytes.slice();
    writeU32(elsewhere, 0x24, 0x7ffffff8);
    const second = salvage(elsewhere);
    expect(second.damages).toEqual([
      { path: '', part: 'base block', offset: 0x24, reason: 'the base block does not lead to a root key' },
    ]);
    expect(textOf(second.hive.root)).toBe(whole);
  });

  it('is still refused where no root key is left', () => {
    const bytes = sampleBytes();
    bytes[4096 + 0x20 + 4] = 0;
    expect(() => parseHive(bytes)).toThrow('a key does not start with "nk"');
    expect(() => parseHive(bytes, { onDamage: () => undefined })).toThrow(
      'no key in the bins is marked as the root',
    );
    expect(() => parseHive(new Uint8Array(100), { onDamage: () => undefined })).toThrow('no key in the bins');
  });
});

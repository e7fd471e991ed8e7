import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSame, exportedLines, exportOf, listing } from '../testing/hivex';
import { createHive, type Hive, type HiveKey, parseHive } from '.';
import { contentOf, textOf } from './testing/content';
import { hiveOfOldLists } from './testing/crafted-hives';

interface Tree {
  readonly name: string;
  readonly className: string | undefined;
  readonly values: readonly { name: string; type: number; data: Uint8Array }[];
  readonly subkeys: readonly Tree[];
}

/**
 * Characters of names that hivexregedit shows as they are: it cannot turn half a surrogate pair into UTF-8, and
 * prints lines without any character beyond Latin-1 in Latin-1.
 */
const whole = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...'abcXYZ 019_-.{}@') },
  { weight: 1, arbitrary: fc.constantFrom(...'Ключ漢字€', '😀') },
);
const any = fc.oneof(
  { weight: 20, arbitrary: whole },
  { weight: 3, arbitrary: fc.constantFrom(...'äßéÿ"', '\ud83d', '\udc00', '\0') },
);

const size = fc.oneof(fc.nat(9), fc.nat(300), fc.constantFrom(4092, 16_344, 16_345, 40_000));
const data = fc.tuple(size, fc.nat(255)).map(([length, byte]) => new Uint8Array(length).fill(byte));
const type = fc.oneof(fc.nat(12), fc.constantFrom(0x3e8, 0x1f5, 0xffffffff));

function treeOf(depth: number, unit: fc.Arbitrary<string>): fc.Arbitrary<Tree> {
  const name = fc.string({ unit, minLength: 1, maxLength: 20 });
  return fc.record({
    name,
    className: fc.option(name, { nil: undefined }),
    values: fc.array(fc.record({ name: fc.string({ unit, maxLength: 12 }), type, data }), { maxLength: 3 }),
    subkeys: depth === 0 ? fc.constant([]) : fc.array(treeOf(depth - 1, unit), { maxLength: 4 }),
  });
}

function plant(key: HiveKey, { className, values, subkeys }: Tree): void {
  if (className !== undefined) key.className = className;
  for (const { name, ...data } of values) key.setValue(name, data);
  for (const subkey of subkeys) plant(key.createKey(subkey.name), subkey);
}

function hiveOf(root: Tree, minorVersion: 3 | 5): Hive {
  const hive = createHive(root.name, { minorVersion, clock: () => 0x01d7769cddace88fn });
  plant(hive.root, root);
  return hive;
}

const version = fc.constantFrom(3 as const, 5 as const);

describe('any tree of keys and values', () => {
  it('is the same after writing and reading', () => {
    fc.assert(
      fc.property(treeOf(3, any), version, (root, minorVersion) => {
        const hive = hiveOf(root, minorVersion);
        const bytes = hive.serialize();
        const again = parseHive(bytes);
        expect(textOf(again.root)).toBe(textOf(hive.root));
        expect(Buffer.from(again.serialize()).equals(bytes)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it.skipIf(spawnSync('which', ['hivexregedit']).status !== 0)('is the same to hivex', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'regf-property-'));
    const file = path.join(folder, 'hive');
    try {
      await fc.assert(
        fc.asyncProperty(treeOf(2, whole), version, async (root, minorVersion) => {
          const hive = hiveOf(root, minorVersion);
          writeFileSync(file, hive.serialize());
          expectSame(exportedLines(await exportOf(file)), listing(hive.root));
        }),
        { numRuns: 20 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('cells of old and rare kinds', () => {
  it('are read: "ri" of "li" and "lf", and a key that stands for a handle', () => {
    const hive = parseHive(hiveOfOldLists());
    expect(hive.root.subkeys().map(({ name }) => name)).toEqual(['Alpha', 'Beta', 'Gamma']);
    expect(hive.key('Beta\\Below')?.flags).toBe(0);
    expect(hive.key('Beta')?.flags).toBe(0x10);
    const gamma = hive.key('Gamma');
    expect(gamma?.marks?.predefinedHandle).toBe(0x80000050);
    expect(gamma?.values()).toEqual([]);
    expect(() => gamma?.setDword('n', 1)).toThrow('stands for a predefined handle');
    expect(contentOf(parseHive(hive.serialize()).root)).toEqual(contentOf(hive.root));
  });
});

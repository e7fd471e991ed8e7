import { describe, expect, it } from 'vitest';
import { createHive, type HiveKey, parseHive, visitHive } from '.';

function sampleHive(): Uint8Array {
  const hive = createHive('ROOT', { clock: () => 5n });
  for (const path of ['b', 'A\\deep\\deeper', 'A\\Äpfel', 'c']) {
    hive.createKey(path).setString('Path', path);
    hive.createKey(path).setDword('Length', path.length);
  }
  return hive.serialize();
}

function linesOf(key: HiveKey, depth = 0): unknown[] {
  const values = key.values().map(({ name, type, data }) => [name, type, [...data]]);
  return [[depth, key.name, values], ...key.subkeys().flatMap((subkey) => linesOf(subkey, depth + 1))];
}

describe('visitHive', () => {
  it('shows every key with its values, each before its subkeys', () => {
    const seen: unknown[] = [];
    visitHive(sampleHive(), (key, depth) => {
      seen.push([depth, key.name, key.values().map(({ name, type, data }) => [name, type, [...data]])]);
    });
    expect(seen).toEqual(linesOf(parseHive(sampleHive()).root));
    expect(seen).toHaveLength(7);
  });

  it('ends with the offset where a key contradicts itself, after those before it', () => {
    const bytes = sampleHive();
    const at = Buffer.from(bytes).indexOf('deeper', 'latin1') - 0x4c;
    bytes[at] = 0x78;
    const seen: string[] = [];
    expect(() => visitHive(bytes, (key) => seen.push(key.name))).toThrow(
      expect.objectContaining({ name: 'HiveFormatError', offset: at }),
    );
    expect(seen).toEqual(['ROOT', 'A', 'deep']);
  });
});

describe("a hive in a Buffer, whose slice shares the Buffer's memory", () => {
  it('is read into a tree of its own', () => {
    const buffer = Buffer.from(sampleHive());
    const hive = parseHive(buffer);
    buffer.fill(0);
    expect(hive.key('A\\Äpfel')?.getString('Path')).toBe('A\\Äpfel');
  });
});

import { describe, expect, it } from 'vitest';
import { readU32 } from '../bytes';
import { createHive, fileTimeFromUnix, parseHive, unixFromFileTime } from '.';
import { contentOf } from './testing/content';

describe('a hive', () => {
  it('keeps keys, values, types, class names and times through writing and reading', () => {
    let now = 1000n;
    const hive = createHive('Root', { clock: () => now++, fileName: '\\??\\C:\\x' });
    hive.createKey('a\\b\\c').className = 'c0ffee00';
    hive.key('a\\b')?.setStrings('list', ['x', '', 'y']);
    hive.createKey('a\\Ω').setBinary('', new Uint8Array(40_000).fill(7));
    const again = parseHive(hive.serialize());
    expect(contentOf(again.root)).toEqual(contentOf(hive.root));
    expect(again.properties).toEqual(hive.properties);
    expect(again.serialize()).toEqual(hive.serialize());
  });

  it.each([3, 5] as const)('has sorted lists of the kind of version 1.%i', (minorVersion) => {
    const hive = createHive('Root', { minorVersion });
    for (const name of ['beta', 'Alpha', '_x', 'ALPHABET']) hive.createKey(name);
    const bytes = hive.serialize();
    const text = Buffer.from(bytes).toString('latin1');
    expect(text.includes(minorVersion === 3 ? 'lf\x04\0' : 'lh\x04\0')).toBe(true);
    expect(
      parseHive(bytes)
        .root.subkeys()
        .map(({ name }) => name),
    ).toEqual(['Alpha', 'ALPHABET', 'beta', '_x']);
  });

  it('carries the checksum, the sizes and equal sequence numbers in its base block', () => {
    const hive = createHive('Root');
    for (let index = 0; index < 300; index += 1) hive.createKey(`k${index}`);
    const bytes = hive.serialize();
    let checksum = 0;
    for (let at = 0; at < 508; at += 4) checksum = (checksum ^ readU32(bytes, at)) >>> 0;
    expect(readU32(bytes, 508)).toBe(checksum);
    expect(readU32(bytes, 4)).toBe(readU32(bytes, 8));
    expect(readU32(bytes, 0x28)).toBe(bytes.length - 4096);
    expect(bytes.length % 4096).toBe(0);
  });

  it('tells a dirty file and a wrong checksum, and writes a clean one', () => {
    const bytes = createHive('Root').serialize();
    bytes[4] = 2;
    const hive = parseHive(bytes);
    expect(hive.dirty).toBe(true);
    expect(hive.properties.checksumValid).toBe(false);
    const clean = parseHive(hive.serialize());
    expect([clean.dirty, clean.properties.checksumValid, clean.properties.sequence]).toEqual([
      false,
      true,
      2,
    ]);
  });

  it('converts times', () => {
    expect(fileTimeFromUnix(0)).toBe(116_444_736_000_000_000n);
    expect(unixFromFileTime(fileTimeFromUnix(1_700_000_000_123))).toBe(1_700_000_000_123);
  });
});

describe('a key', () => {
  it('is found by its path in any case', () => {
    const hive = createHive('Root');
    hive.createKey('Control Set\\Ünïcode');
    expect(hive.key('CONTROL set\\üNÏCODE')?.path).toBe('Control Set\\Ünïcode');
    expect(hive.key('')).toBe(hive.root);
    expect(hive.key('Control Set\\missing\\deeper')).toBeUndefined();
    expect(hive.createKey('control SET')).toBe(hive.key('Control Set'));
  });

  it('goes with everything below it', () => {
    const hive = createHive('Root');
    hive.createKey('a\\b\\c');
    expect(hive.deleteKey('a\\B')).toBe(true);
    expect(hive.deleteKey('a\\b')).toBe(false);
    expect(hive.key('a')?.subkeys()).toEqual([]);
    expect(() => hive.deleteKey('')).toThrow('A key cannot delete itself');
  });

  it('has values by name in any case, in the order they came', () => {
    const key = createHive('Root').createKey('k');
    key.setString('First', '1');
    key.setDword('Second', 2);
    key.setString('FIRST', 'one');
    expect(key.values().map(({ name }) => name)).toEqual(['First', 'Second']);
    expect(key.getString('first')).toBe('one');
    expect(key.getString('second')).toBeUndefined();
    expect(key.getDword('second')).toBe(2);
    expect(key.deleteValue('SECOND')).toBe(true);
    expect(key.deleteValue('SECOND')).toBe(false);
    expect(key.values()).toHaveLength(1);
  });

  it('is stamped when it changes, where the hive has a clock', () => {
    let now = 1n;
    const hive = createHive('Root', { clock: () => now });
    const key = hive.createKey('k');
    now = 2n;
    key.setDword('v', 1);
    expect([hive.root.lastWritten, key.lastWritten]).toEqual([1n, 2n]);
    now = 3n;
    hive.createKey('k\\below');
    expect([hive.root.lastWritten, key.lastWritten]).toEqual([1n, 3n]);
  });

  it('refuses names and numbers that a hive cannot hold', () => {
    const { root } = createHive('Root');
    expect(() => root.createKey('x'.repeat(256))).toThrow('256 characters is too long');
    expect(() => root.setDword('v', -1)).toThrow('-1 is not an unsigned 32-bit number');
    expect(() => root.setQword('v', 1n << 64n)).toThrow('is not an unsigned 64-bit number');
  });
});

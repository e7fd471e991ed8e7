import { describe, expect, it } from 'vitest';
import { writeU32 } from '../bytes';
import { createHive, HiveFormatError, parseHive } from '.';

function sampleBytes(): Uint8Array {
  const hive = createHive('Root');
  for (let index = 0; index < 40; index += 1) {
    const key = hive.createKey(`branch ${index % 5}\\leaf ${index}`);
    key.className = `class ${index}`;
    key.setString('text', 'some text '.repeat(index));
    key.setDword('number', index);
  }
  hive.root.setBinary('big', new Uint8Array(50_000).fill(0x5a));
  return hive.serialize();
}

/** A small generator of its own, so that a failing seed can be run again. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function offsetOf(bytes: Uint8Array, text: string): number {
  return Buffer.from(bytes).indexOf(text, 4096, 'latin1');
}

describe('a damaged hive', () => {
  it.each([
    ['is too short', (bytes: Uint8Array) => bytes.slice(0, 100), 0, 'less than the 4096 of a base block'],
    ['is no hive', () => new Uint8Array(8192), 0, 'does not start with "regf"'],
    ['ends after its base block', (bytes: Uint8Array) => bytes.slice(0, 4096), 4096, 'no bin'],
  ])('%s', (_name, damage, offset, reason) => {
    expect(() => parseHive(damage(sampleBytes()))).toThrow(HiveFormatError);
    try {
      parseHive(damage(sampleBytes()));
    } catch (error) {
      expect(error).toMatchObject({ offset });
      expect(String(error)).toContain(reason);
    }
  });

  it('does not follow a key that is its own child', () => {
    const bytes = sampleBytes();
    const list = offsetOf(bytes, 'lh\x05\0');
    writeU32(bytes, list + 4, 0x20);
    expect(() => parseHive(bytes)).toThrow('already belongs to another part of the hive');
  });

  it('does not read outside of the bins', () => {
    const bytes = sampleBytes();
    writeU32(bytes, offsetOf(bytes, 'lh\x05\0') + 4, 0x7ffffff8);
    expect(() => parseHive(bytes)).toThrow('points outside of the bins');
  });

  it('does not believe the length of a value', () => {
    const bytes = sampleBytes();
    const value = offsetOf(bytes, 'vk\x03\0');
    writeU32(bytes, value + 4, 0x7fffffff);
    expect(() => parseHive(bytes)).toThrow('cannot hold a value of 2147483647 bytes');
  });

  it('does not use a freed cell', () => {
    const bytes = sampleBytes();
    const value = offsetOf(bytes, 'vk\x03\0');
    writeU32(bytes, value - 4, 0x28);
    expect(() => parseHive(bytes)).toThrow('is free or has no size');
  });

  it('reads, or names the offset of what it cannot read, whatever bytes change', () => {
    const sound = sampleBytes();
    let refused = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = randomNumbers(seed);
      const bytes = sound.slice(0, seed % 10 === 0 ? random(sound.length) : sound.length);
      for (let change = random(20) + 1; change > 0; change -= 1) {
        // Half of the changes hit the structures at the front instead of the big value's bytes.
        bytes[random(seed % 2 === 0 ? Math.min(bytes.length, 12_000) : bytes.length)] = random(256);
      }
      try {
        const hive = parseHive(bytes);
        parseHive(hive.serialize());
      } catch (error) {
        if (!(error instanceof HiveFormatError)) throw new Error(`seed ${seed}`, { cause: error });
        expect(error.offset).toBeLessThanOrEqual(0x100000000 + 4096);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(30);
    expect(refused).toBeLessThan(300);
  });
});

import { describe, expect, it } from 'vitest';
import { newGuid, randomBelow } from './random';

describe('newGuid', () => {
  it('is a random GUID (version 4), another one each time', () => {
    const guids = Array.from({ length: 100 }, newGuid);
    for (const guid of guids)
      expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(guids).size).toBe(100);
  });
});

describe('randomBelow', () => {
  it.each([1, 2, 3, 36, 32768, 2 ** 32])('gives whole numbers below %s', (limit) => {
    for (let count = 0; count < 200; count += 1) {
      const number = randomBelow(limit);
      expect(Number.isInteger(number) && number >= 0 && number < limit).toBe(true);
    }
  });

  it('gives each of them', () => {
    const numbers = Array.from({ length: 2000 }, () => randomBelow(10));
    expect([...new Set(numbers)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

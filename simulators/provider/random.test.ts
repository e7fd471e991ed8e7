import { expect, test } from 'vitest';
import { seededRandom, systemRandom } from './random';

test('the same seed gives the same sequence, another seed another', () => {
  const one = seededRandom('lab 1');
  const again = seededRandom('lab 1');
  const other = seededRandom('lab 2');
  const drawn = [one.uuid(), one.integer(1000), one.text(8, 'abc')];
  expect([again.uuid(), again.integer(1000), again.text(8, 'abc')]).toEqual(drawn);
  expect(other.uuid()).not.toBe(drawn[0]);
});

test('streams are independent of how much was drawn before', () => {
  const one = seededRandom('lab');
  const other = seededRandom('lab');
  other.bytes(100);
  expect(other.stream('passwords').uuid()).toBe(one.stream('passwords').uuid());
  expect(one.stream('passwords').uuid()).not.toBe(one.stream('secrets').uuid());
});

test('whole numbers cover their range evenly and never leave it', () => {
  const random = seededRandom('dice');
  const counts = [0, 0, 0, 0, 0, 0];
  for (let roll = 0; roll < 6000; roll++) {
    const value = random.integer(6);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  expect(counts).toHaveLength(6);
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(() => random.integer(0)).toThrow('upper bound from 1 to 2^32, and 0 was given');
});

test.each([
  ['seeded', seededRandom('x')],
  ['system', systemRandom()],
])('%s UUIDs are version 4', (_name, random) => {
  expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

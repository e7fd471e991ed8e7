import { expect, it } from 'vitest';
import { hostRoom } from './host-room';

const MEBIBYTE = 2 ** 20;

it('counts the machines that the memory holds, at first and now', () => {
  let free = (512 + 5 * 1168 + 100) * MEBIBYTE;
  const room = hostRoom(768, () => free);
  expect([room(0), room(4), room(5), room(9)]).toEqual([5, 1, 0, 0]);
  // Somebody else took most of it.
  free = (512 + 1200) * MEBIBYTE;
  expect([room(0), room(4)]).toEqual([1, 1]);
  free = 0;
  expect(room(0)).toBe(0);
});

it('knows the memory of this computer', () => {
  expect(hostRoom(1)(0)).toBeGreaterThan(0);
});

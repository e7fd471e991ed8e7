import { expect, it } from 'vitest';
import { decodeKeys } from '.';

it.each([
  ['\x1b[A\x1b[B', ['up', 'down']],
  ['\x1b[19~\r\n\t', ['f8', 'enter', 'enter', 'tab']],
  ['\x1b', ['escape']],
  ['\x1b\x1b[A', ['escape', 'up']],
  // F5 of the Linux console, F7, a letter.
  ['\x1b[[E\x1b[18~x', []],
  ['', []],
])('the console sends %j for %j', (text, keys) => {
  expect(decodeKeys(text)).toEqual(keys);
});

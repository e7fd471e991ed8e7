import { expect, test } from 'vitest';
import { matchesWildcard } from './wildcard';

test.each([
  ['/*', '/me', true],
  ['/me', '/me', true],
  ['/me', '/me/bill', false],
  ['/dedicated/server/*', '/dedicated/server', false],
  ['/dedicated/server/*', '/dedicated/server/ns1/task/7', true],
  ['/dedicated/server/*/task/*', '/dedicated/server/ns1/reboot', false],
  ['/a*a', '/a', false],
  ['/a*b*b', '/ab', false],
  ['/a.c', '/abc', false],
])('%s fits %s: %s', (pattern, text, fits) => {
  expect(matchesWildcard(pattern, text)).toBe(fits);
});

test('many stars take no time', () => {
  const started = performance.now();
  expect(matchesWildcard(`${'*a'.repeat(2000)}b`, 'a'.repeat(20_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(200);
});

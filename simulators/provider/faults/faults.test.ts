import { expect, test } from 'vitest';
import { LabClock } from '../clock';
import { seededRandom } from '../random';
import { Faults, readDuration, readFault } from '.';

const start = () => {
  const clock = new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true });
  return { clock, faults: new Faults({ clock, random: seededRandom('faults') }) };
};

test.each([
  ['mail-lost', { kind: 'mail-lost' }],
  [
    'error-500:path=/dedicated/server/*/task/*,for=5m',
    { kind: 'error-500', path: '/dedicated/server/*/task/*', for: 300_000 },
  ],
  ['slow-answers:by=1.5s,chance=.25,times=3', { kind: 'slow-answers', by: 1500, chance: 0.25, times: 3 }],
])('%s is read', (text, fault) => {
  expect(readFault(text)).toEqual(fault);
});

test.each([
  [
    'mail-eaten',
    'There is no fault "mail-eaten". There are:\n  error-<status>         API calls are answered',
  ],
  ['error-200', 'There is no fault "error-200"'],
  ['mail-late', 'The fault "mail-late" needs its delay, such as mail-late:by=30s.'],
  ['mail-late:by=soon', '"soon" is no duration; write it as 500ms, 30s, 5m, 24h or 7d.'],
  [
    'mail-lost:colour=red',
    'The fault "mail-lost:colour=red" is not understood: behind the colon stand method=…',
  ],
  [
    'mail-lost:path=/me',
    'The fault "mail-lost:path=/me" cannot be limited to a path; mail-lost takes after, for, times, chance.',
  ],
  [
    'error-500:server=ns1',
    'The fault "error-500:server=ns1" cannot be limited to a server; error-500 takes method, path, after, for,',
  ],
  ['mail-lost:times=-1', 'The fault "mail-lost:times=-1" is not understood'],
])('%s is refused with a sentence', (text, sentence) => {
  expect(() => readFault(text)).toThrow(sentence);
});

test('durations', () => {
  expect(['500ms', '30s', '5m', '24h', '7d'].map(readDuration)).toEqual([
    500, 30_000, 300_000, 86_400_000, 604_800_000,
  ]);
});

test('a fault begins, ends and counts in lab time', async () => {
  const { clock, faults } = start();
  faults.add({ kind: 'mail-lost', after: 1000, for: 2000, times: 2 });
  const seen = [faults.happens('mail-lost')];
  await clock.advance(1000);
  seen.push(faults.happens('mail-twice'), faults.happens('mail-lost'));
  await clock.advance(1999);
  seen.push(faults.happens('mail-lost'), faults.happens('mail-lost'));
  expect(seen.map((fault) => fault !== undefined)).toEqual([false, false, true, true, false]);
  faults.add({ kind: 'mail-lost', for: 2000 });
  await clock.advance(2000);
  expect(faults.happens('mail-lost')).toBeUndefined();
  expect(faults.list).toEqual([]);
});

test('a fault keeps to its path, method, function and server', () => {
  const { faults } = start();
  faults.add({ kind: 'error-500', path: '/a/*/c', method: 'get' });
  const strikes = (method: string, path: string) =>
    faults.happens('error-500', { method, path }) !== undefined;
  expect([strikes('GET', '/a/b/c'), strikes('GET', '/a/b'), strikes('PUT', '/a/b/c')]).toEqual([
    true,
    false,
    false,
  ]);
});

test("chance is the seed's: the same in every run, and about as often as asked", () => {
  const count = () => {
    const { faults } = start();
    faults.add({ kind: 'mail-lost', chance: 0.3 });
    return Array.from({ length: 1000 }, () => faults.happens('mail-lost') !== undefined);
  };
  const first = count();
  expect(count()).toEqual(first);
  expect(first.filter(Boolean).length).toBeGreaterThan(240);
  expect(first.filter(Boolean).length).toBeLessThan(360);
});

test('a fault that is disposed of, and all after clear, are gone', () => {
  const { faults } = start();
  faults.add({ kind: 'mail-lost' })[Symbol.dispose]();
  expect(faults.happens('mail-lost')).toBeUndefined();
  faults.add({ kind: 'mail-lost' });
  faults.clear();
  expect(faults.happens('mail-lost')).toBeUndefined();
});

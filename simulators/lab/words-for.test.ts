import { expect, it } from 'vitest';
import type { LabEvent } from './lab-events';
import { wordsFor } from './words-for';

const server = 'ns1';
const cases: [Exclude<LabEvent, { kind: 'exchange' }>, string][] = [
  [{ kind: 'power', server, power: 'on' }, 'ns1: power on'],
  [{ kind: 'power', server, power: 'paused' }, 'ns1: power paused'],
  [
    { kind: 'walking', server, to: 'rescue' },
    'ns1: booting towards rescue; saved for the next run when it gets there',
  ],
  [{ kind: 'saved', server, to: 'rescue', milliseconds: 1534.2 }, 'ns1: rescue reached and saved in 1.5s'],
  [
    { kind: 'forked', server, to: 'rescue', milliseconds: 139.6 },
    'ns1: rescue forked from a saved state in 140ms',
  ],
  [{ kind: 'failed', server, reason: 'The disk is full.' }, 'ns1: failed: The disk is full.'],
];

it.each(cases)('%o is told as %s', (event, words) => {
  expect(wordsFor(event)).toBe(words);
});

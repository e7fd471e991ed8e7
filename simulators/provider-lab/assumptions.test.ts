import { expect, test } from 'vitest';
import { joinAssumptions, readAssumption } from '.';

test.each([
  ['errors=errorCode', { errorDialect: 'errorCode' }],
  ['secrets=once', { secrets: { readable: 'once' } }],
  ['empty-answers=by client', { emptyAnswer: 'by client' }],
  ['clock-skew=5m', { clockSkew: 300 }],
  ['stale-reads=30s', { staleReads: 30_000 }],
  ['second-task=accepted', { secondTask: 'accepted' }],
  ['windows-logins-in-api=absent', { windowsLogins: 'absent' }],
  ['boot-deadline=10m', { bootDeadline: 600_000 }],
])('%s', (text, options) => {
  expect(readAssumption(text)).toEqual(options);
});

test.each(['secrets', 'secrets=twice', 'weather=good', '__proto__=x'])('%s cannot be assumed', (text) => {
  expect(() => readAssumption(text)).toThrow(
    `"${text}" cannot be assumed. These can, the first value is the usual one:\n  errors= class, errorCode\n`,
  );
});

test('several are one set of options', () => {
  const texts = [
    'windows-rescue-needs=more than',
    'windows-rescue-refused-in=reboot',
    'secrets=once',
    'secret-lifetime=1h',
  ];
  expect(joinAssumptions(texts.map(readAssumption))).toEqual({
    windowsRescue: { boundary: 'more than', refusal: 'reboot' },
    secrets: { readable: 'once', lifetime: 3_600_000 },
  });
  expect(joinAssumptions([])).toEqual({});
});

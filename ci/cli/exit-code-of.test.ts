import { describe, expect, it } from 'vitest';
import { ExitCode } from '../setup/exit-codes.mjs';
import { exitCodeOf, explain } from './exit-code-of';

const taken = Object.assign(new Error('listen EADDRINUSE: address already in use 127.0.0.1:3389'), {
  code: 'EADDRINUSE',
  address: '127.0.0.1',
  port: 3389,
});

describe('exitCodeOf', () => {
  it.each([
    ['a taken port', new Error('The lab did not start.', { cause: taken }), ExitCode.port],
    ['a full disk', Object.assign(new Error('write'), { code: 'ENOSPC' }), ExitCode.resources],
    ['anything else', new Error('no'), ExitCode.failed],
    ['no error at all', 'no', ExitCode.failed],
  ])('%s', (_name, error, code) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

describe('explain', () => {
  it('says what is taken and how to find out by whom', () => {
    expect(explain(new Error('The lab did not start.', { cause: taken }))).toBe(
      'The lab did not start.\n  because: 127.0.0.1:3389 is taken by another program; end it (ss -ltnp shows which) and start again.',
    );
  });
});

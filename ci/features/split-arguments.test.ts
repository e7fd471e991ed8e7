import { describe, expect, it } from 'vitest';
import { splitArguments } from './split-arguments';

describe('splitArguments', () => {
  it('takes profiles and configuration out, in all their forms', () => {
    expect(
      splitArguments([
        '-p',
        'journey',
        '--tags',
        '@bcd',
        '--profile=api',
        '-c',
        'other.json',
        'features/a.feature:3',
      ]),
    ).toEqual({
      config: 'other.json',
      profiles: ['journey', 'api'],
      rest: ['--tags', '@bcd', 'features/a.feature:3'],
    });
  });

  it('wants a value', () => {
    expect(() => splitArguments(['--profile'])).toThrow('--profile needs a value.');
  });
});

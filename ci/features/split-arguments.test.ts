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

  it.each([[['--retry', '0']], [['--retry=0']]])('takes %j for no second attempt at all', (argv) => {
    expect(splitArguments(argv).rest).toEqual([
      ...argv,
      '--retry',
      '1',
      '--retry-tag-filter',
      '@vm and not @vm',
    ]);
    expect(splitArguments(['--retry', '2']).rest).toEqual(['--retry', '2']);
  });

  it('wants a value', () => {
    expect(() => splitArguments(['--profile'])).toThrow('--profile needs a value.');
  });
});

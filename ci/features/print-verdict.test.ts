import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runSecrets } from '../../simulators/evidence';
import type { Verdict } from '../messages';
import { printVerdict } from './print-verdict';

const scenario = {
  uri: 'features/login/rdp.feature',
  line: 12,
  feature: 'Log in',
  name: 'By RDP',
  attempt: 0,
  steps: [
    { keyword: 'Given', text: 'a server', status: 'passed' },
    { keyword: 'When', text: 'she logs in', status: 'failed', error: 'Error: Nobody\n    at login.ts:3' },
    { keyword: 'Then', text: 'she is in', status: 'skipped' },
  ],
};

function printed(verdict: Partial<Verdict>): string {
  let text = '';
  const whole = { problems: [], failures: [], overcome: [], earlier: [], ...verdict } as unknown as Verdict;
  printVerdict(whole, path.resolve('reports/1/index.html'), (more) => {
    text += more;
  });
  return text;
}

describe('the end of a run', () => {
  it('names the page when all is well', () => {
    expect(printed({})).toBe('\nReport: reports/1/index.html\n');
  });

  it('names what failed and how to run it again', () => {
    const text = printed({ failures: [scenario] as unknown as Verdict['failures'] });
    expect(text).toContain(
      'Failed:\n  ✗ Log in › By RDP\n    npm test -- --features-only features/login/rdp.feature:12',
    );
  });

  it('repeats why each attempt of it failed', () => {
    const second = { ...scenario, attempt: 1, finishedAt: 1, state: 'power on' };
    const text = printed({
      failures: [second] as unknown as Verdict['failures'],
      earlier: [
        { ...scenario, finishedAt: 1 },
        { ...scenario, line: 40 },
      ] as unknown as Verdict['earlier'],
    });
    expect(text).toContain(
      [
        'rdp.feature:12',
        '      attempt 1 (failed):',
        '      ✗ When she logs in',
        '        Error: Nobody',
        '            at login.ts:3',
        '      attempt 2 (failed):',
        '      ✗ When she logs in',
        '        Error: Nobody',
        '            at login.ts:3',
        '        last seen: power on',
        'Report:',
      ].join('\n'),
    );
  });

  it('names the scenarios that needed a second attempt', () => {
    const text = printed({ overcome: [scenario] as unknown as Verdict['overcome'] });
    expect(text).toContain(
      'Attempt 1 of this failed, a later one passed; the report has both: Log in › By RDP\n',
    );
  });

  it('masks secrets', () => {
    runSecrets.add('Tr0ub4dor&3');
    expect(printed({ problems: ['Nothing answered to Tr0ub4dor&3.'] })).not.toContain('Tr0ub4dor');
  });
});

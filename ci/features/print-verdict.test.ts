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
};

function printed(verdict: Partial<Verdict>): string {
  let text = '';
  const whole = { problems: [], failures: [], overcome: [], ...verdict } as unknown as Verdict;
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

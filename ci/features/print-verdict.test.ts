import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

function printed(verdict: Partial<Verdict>, page = path.resolve('reports/1/index.html')): string {
  let text = '';
  const whole = { problems: [], failures: [], overcome: [], earlier: [], ...verdict } as unknown as Verdict;
  printVerdict(whole, page, (more) => {
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

  it('repeats the end of its serial line', async () => {
    const runFolder = await mkdtemp(path.join(tmpdir(), 'verdict-'));
    try {
      await mkdir(path.join(runFolder, 'rdp'));
      const serial = [
        'line 1',
        ...Array.from({ length: 11 }, (_, i) => `line ${i + 2}`),
        '',
        '\x1b[2JBOOTMGR is missing',
      ];
      await writeFile(path.join(runFolder, 'rdp/serial.log'), serial.join('\r\n'));
      const failures = [{ ...scenario, evidence: 'rdp' }] as unknown as Verdict['failures'];
      const text = printed({ failures }, path.join(runFolder, 'index.html'));
      expect(text).toContain('      serial line:\n        line 2\n');
      expect(text).toContain('        line 12\n        BOOTMGR is missing\nReport:');
    } finally {
      await rm(runFolder, { recursive: true });
    }
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

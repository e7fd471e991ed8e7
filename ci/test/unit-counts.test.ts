import { describe, expect, it } from 'vitest';
import { unitCounts } from './unit-counts';

const file = (status: string, ...tests: string[]) => ({
  name: 'x.test.ts',
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});
const report = (...testResults: object[]) => JSON.stringify({ testResults });

describe('unitCounts', () => {
  it('counts tests, and pending and todo ones as skipped', () => {
    const text = report(
      file('failed', 'passed', 'failed', 'pending'),
      file('passed', 'passed', 'todo', 'skipped'),
    );
    expect(unitCounts(text, 1)).toMatchObject({ passed: 2, failed: 1, skipped: 3 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(unitCounts(report(file('failed'), file('passed', 'passed')), 1)).toMatchObject({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  it('counts a bad exit that no test explains as a failure', () => {
    expect(unitCounts(report(file('passed', 'passed')), 1)).toMatchObject({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  it('counts a run without tests or without a report as a failure', () => {
    expect(unitCounts(report(), 0)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
    expect(unitCounts(undefined, 0)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
  });

  it('keeps what failed and why, for the end of the run', () => {
    const broken = { ...file('failed'), name: 'a.test.ts', message: 'Cannot find module' };
    const test = { status: 'failed', fullName: 'the sum is right', failureMessages: ['expected 3', 'got 4'] };
    const wrong = { name: 'b.test.ts', status: 'failed', assertionResults: [test] };
    expect(unitCounts(report(broken, wrong, file('passed', 'passed')), 1).failures).toEqual([
      '  ✗ a.test.ts\n      Cannot find module',
      '  ✗ b.test.ts › the sum is right\n      expected 3\n      got 4',
    ]);
  });
});

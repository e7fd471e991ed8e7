import { describe, expect, it } from 'vitest';
import { checkLines, runChecks } from './run-checks';

const check = (name: string) => ({ name, purpose: `holds ${name}`, command: [name] });

describe('runChecks', () => {
  it('runs no more at once than there are cores, and reports each', async () => {
    let running = 0;
    let most = 0;
    const done: string[] = [];
    const results = await runChecks([check('a'), check('b'), check('c')], {
      atOnce: 2,
      done: (result) => done.push(result.check.name),
      run: async ([name]) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
        return { code: name === 'b' ? 1 : 0, stdout: `${name} said so\n`, stderr: '' };
      },
    });
    expect(most).toBe(2);
    expect(done.sort()).toEqual(['a', 'b', 'c']);
    expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
  });
});

describe('checkLines', () => {
  it('shows what a failed tool said, and nothing of one that passed', () => {
    const result = { check: check('types'), ok: false, duration: 1234, output: 'a.ts:1\nb.ts:2' };
    expect(checkLines(result)).toBe('✗ types            holds types  1.2s\n    a.ts:1\n    b.ts:2\n');
    expect(checkLines({ ...result, ok: true })).toBe('✓ types            holds types  1.2s\n');
  });
});

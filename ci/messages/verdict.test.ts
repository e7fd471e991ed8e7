import type { Envelope } from '@cucumber/messages';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelOf, runProject } from './testing/run-project';
import { addCounts, closingLine, isGood, verdictOf } from './verdict';

let all: Envelope[];
beforeAll(async () => {
  all = await runProject({ tags: 'not @flaky' });
});

/** The verdict on the scenarios with one tag, cut out of the whole stream as a filter would have. */
function verdictOn(tag: string) {
  const model = modelOf(all);
  const kept = model.scenarios.filter(({ tags }) => tags.includes(tag));
  model.scenarios.splice(0, model.scenarios.length, ...kept);
  return verdictOf(model);
}

describe('verdictOf', () => {
  it('counts a mixed run', () => {
    const { passed, failed, skipped, failures } = verdictOf(modelOf(all));
    expect({ passed, failed, skipped }).toEqual({ passed: 2, failed: 5, skipped: 1 });
    expect(failures.map(({ name }) => name)).toEqual([
      'A bad one',
      'A new one',
      'A doubtful one',
      'A started one',
      'An empty one',
    ]);
  });

  it.each(['@failed', '@undefined', '@ambiguous', '@pending', '@empty'])(
    'lets no %s scenario through',
    (tag) => {
      const verdict = verdictOn(tag);
      expect(verdict).toMatchObject({ passed: 0, failed: 1, skipped: 0, problems: [] });
      expect(isGood(verdict)).toBe(false);
    },
  );

  it('lets a passing run through', () => {
    const verdict = verdictOn('@journey');
    expect(verdict).toMatchObject({ passed: 1, failed: 0, skipped: 0 });
    expect(isGood(verdict)).toBe(true);
  });

  it('counts a skipped scenario, and fails a run of nothing else', () => {
    expect(verdictOn('@skipped')).toMatchObject({
      passed: 0,
      failed: 1,
      skipped: 1,
      problems: ['No scenario ran: all 1 were skipped.'],
    });
  });

  it('fails a run in which nothing matched', async () => {
    const verdict = verdictOf(modelOf(await runProject({ tags: '@nobody' })));
    expect(verdict.problems).toEqual(['No scenario ran: nothing matches the given tags, names and paths.']);
    expect(closingLine(verdict)).toBe('0 passed, 1 failed, 0 skipped');
  });

  it('fails a run that was cut off in the middle of a scenario', () => {
    const cut = all.findIndex((envelope) => envelope.testCaseFinished);
    const { failed, problems } = verdictOf(modelOf(all.slice(0, cut)));
    expect(problems).toEqual(['The run was cut off before its end.']);
    expect(failed).toBe(2);
  });

  it('fails a run whose feature file cannot be read', async () => {
    const { failed, problems } = verdictOf(modelOf(await runProject({ broken: true })));
    expect(problems[0]).toMatch(/broken\.feature cannot be read: \(5:5\): expected: /);
    expect(failed).toBeGreaterThan(0);
  });

  it('fails a run whose BeforeAll hook failed', async () => {
    const verdict = verdictOf(modelOf(await runProject({ tags: '@journey', failBeforeAll: true })));
    expect(verdict.problems.join('\n')).toContain('the lab did not start');
    expect(isGood(verdict)).toBe(false);
  });

  it('counts only the last attempt of a retried scenario', async () => {
    const model = modelOf(await runProject({ tags: '@flaky', args: ['--retry', '1'] }));
    expect(model.scenarios).toHaveLength(2);
    const verdict = verdictOf(model);
    expect(verdict).toMatchObject({ passed: 1, failed: 0, skipped: 0 });
    expect(verdict.overcome).toEqual([model.scenarios[0]]);
  });
});

describe('closingLine', () => {
  it('sums parts in the words that gates read', () => {
    const sum = addCounts({ passed: 700, failed: 1, skipped: 2 }, { passed: 12, failed: 0, skipped: 1 });
    expect(closingLine(sum)).toBe('712 passed, 1 failed, 3 skipped');
  });

  it('does not call a run good in which nothing passed', () => {
    expect(isGood({ passed: 0, failed: 0, skipped: 3 })).toBe(false);
  });
});

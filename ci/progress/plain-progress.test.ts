import { describe, expect, it } from 'vitest';
import { runProject } from '../messages/testing/run-project';
import { PlainProgress } from './plain-progress';
import { paintFor } from './wording';

async function progressOf(options: Parameters<typeof runProject>[0]): Promise<string> {
  let text = '';
  const progress = new PlainProgress((chunk) => {
    text += chunk;
  }, paintFor(false));
  for (const envelope of await runProject(options)) progress.add(envelope);
  progress.end();
  return text.replace(/\d+(\.\d+)?m?s\b/g, 'TIME');
}

describe('PlainProgress', () => {
  it('prints a line per step with its duration, and no hooks that pass', async () => {
    expect(await progressOf({ tags: '@journey' })).toBe(
      [
        '',
        'Outcomes › A good one',
        '  ✓ Given a step that passes  TIME',
        '  ✓ When a step takes  TIME',
        '  ✓ Then a step shows a picture  TIME',
        '  ✓ passed in TIME',
        '',
      ].join('\n'),
    );
  });

  it('says what failed and how to run it again', async () => {
    const text = await progressOf({ tags: '@failed' });
    expect(text).toContain('  ✗ When a step that fails  TIME\n');
    expect(text).toContain('Failed to reach the prompt: saw "<nothing>"');
    expect(text).toContain('  - Then a step that passes\n');
    expect(text).toContain(
      '    again: npm test -- --features-only ci/messages/testing/project/outcomes.feature:23\n',
    );
  });

  it('marks an undefined step and prints a snippet to start from', async () => {
    const text = await progressOf({ tags: '@undefined' });
    expect(text).toContain('  ? Given a step that nobody wrote  (undefined)');
    expect(text).toContain("Given('a step that nobody wrote'");
  });

  it('does not mix the scenarios of parallel workers', async () => {
    const text = await progressOf({ tags: '@journey or @failed', args: ['--parallel', '2'] });
    const [first, second] = text.trim().split('\n\n');
    expect([first, second].map((block) => block!.split('\n')[0]).sort()).toEqual([
      'Outcomes › A bad one',
      'Outcomes › A good one',
    ]);
    expect(first!.split('\n').length + second!.split('\n').length).toBeGreaterThan(8);
  });
});

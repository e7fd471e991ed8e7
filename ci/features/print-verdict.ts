import { relative } from 'node:path';
import { runSecrets } from '../../simulators/evidence';
import { repeatCommand, type Verdict } from '../messages';

/** The end of a run for people: what failed, how to run it again, where the page is. */
export function printVerdict(verdict: Verdict, page: string, write: (text: string) => void): void {
  const lines = ['', ...verdict.problems.map((problem) => `✗ ${problem}`)];
  if (verdict.failures.length > 0) {
    lines.push('Failed:');
    for (const scenario of verdict.failures) {
      lines.push(`  ✗ ${scenario.feature} › ${scenario.name}`, `    ${repeatCommand(scenario)}`);
    }
  }
  for (const { feature, name, attempt } of verdict.overcome)
    lines.push(
      `Attempt ${attempt + 1} of this failed, a later one passed; the report has both: ${feature} › ${name}`,
    );
  lines.push(`Report: ${relative(process.cwd(), page)}`, '');
  write(runSecrets.mask(lines.join('\n')));
}

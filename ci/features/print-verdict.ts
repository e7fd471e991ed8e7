import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { runSecrets } from '../../simulators/evidence';
import { repeatCommand, type ScenarioModel, scenarioStatus, type Verdict } from '../messages';
import { paintFor, stepLines } from '../progress/wording';

/** The end of a run for people: what failed and why, how to run it again, where the page is. */
export function printVerdict(verdict: Verdict, page: string, write: (text: string) => void): void {
  const lines = ['', ...verdict.problems.map((problem) => `✗ ${problem}`)];
  if (verdict.failures.length > 0) {
    lines.push('Failed:');
    for (const scenario of verdict.failures) {
      lines.push(`  ✗ ${scenario.feature} › ${scenario.name}`, `    ${repeatCommand(scenario)}`);
      const earlier = verdict.earlier.filter(
        ({ uri, line }) => uri === scenario.uri && line === scenario.line,
      );
      for (const attempt of [...earlier, scenario])
        lines.push(...reasons(attempt, earlier.length > 0), ...serialEnd(dirname(page), attempt));
    }
  }
  for (const { feature, name, attempt } of verdict.overcome)
    lines.push(
      `Attempt ${attempt + 1} of this failed, a later one passed; the report has both: ${feature} › ${name}`,
    );
  lines.push(`Report: ${relative(process.cwd(), page)}`, '');
  write(runSecrets.mask(lines.join('\n')));
}

/** How much of the serial line is repeated: where a machine stopped shows in its last lines. */
const SERIAL_LINES = 12;

/** The steps that made an attempt fail, each with its error: a long log is often seen from its end only. */
function reasons(scenario: ScenarioModel, ofSeveral: boolean): string[] {
  const bad = scenario.steps.filter(({ status }) => status !== 'passed' && status !== 'skipped');
  const lines = bad.flatMap((step) => stepLines(step, scenario, paintFor(false)));
  const title = ofSeveral ? [`attempt ${scenario.attempt + 1} (${scenarioStatus(scenario)}):`] : [];
  return [...title, ...lines].map((line) => `      ${line}`);
}

/** The last lines of a failed scenario's serial log, without what only moves the cursor. */
function serialEnd(runFolder: string, { evidence }: ScenarioModel): string[] {
  if (evidence === undefined) return [];
  const lines = stripVTControlCharacters(readIfThere(join(runFolder, evidence, 'serial.log')))
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-SERIAL_LINES);
  return lines.length === 0 ? [] : ['      serial line:', ...lines.map((line) => `        ${line}`)];
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

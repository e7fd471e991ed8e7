import { styleText } from 'node:util';
import type { Finding, FindingStatus } from './finding';

const MARKS: Record<FindingStatus, { mark: string; colour: 'green' | 'yellow' | 'red' }> = {
  ok: { mark: '✓', colour: 'green' },
  limited: { mark: '!', colour: 'yellow' },
  missing: { mark: '✗', colour: 'red' },
};

/** The doctor's findings for people, one line each, with what to do below it. */
export function printFindings(findings: readonly Finding[], colours: boolean): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, status, found, advice }) => {
    const { mark, colour } = MARKS[status];
    const painted = colours ? styleText(colour, mark, { validateStream: false }) : mark;
    const line = `${painted} ${name.padEnd(width)}  ${found}`;
    return advice === undefined ? [line] : [line, `  ${' '.repeat(width)}  → ${advice}`];
  });
  const missing = findings.filter(({ status }) => status === 'missing').length;
  const verdict =
    missing === 0
      ? 'Ready: npm start, npm test and rescue-lab up can run.'
      : `Not ready: ${missing} of ${findings.length} things are missing.`;
  return [...lines, '', verdict, ''].join('\n');
}

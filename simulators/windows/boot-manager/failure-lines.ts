import type { BootManagerEra } from './boot-era';

interface FailureFacts {
  readonly status: number;
  readonly info: string;
  readonly file: string | undefined;
}

/** The screenshot of 6.1 breaks the line before a word that would end in column 78. */
const WIDTH = 76;

/** Body of the screen. 6.1: exact text of a real screenshot (formats.md 2); 6.2+: documented, arrangement our choice. */
export function failureLines(era: BootManagerEra, facts: FailureFacts): string[] {
  return era === 'windows-6.1' ? linesOf61(facts) : linesOf62(facts);
}

function statusText(status: number): string {
  return `0x${status.toString(16).padStart(8, '0')}`;
}

function linesOf61({ status, info, file }: FailureFacts): string[] {
  return [
    'Windows failed to start. A recent hardware or software change might be the',
    'cause. To fix the problem:',
    '',
    '  1. Insert your Windows installation disc and restart your computer.',
    '  2. Choose your language settings, and then click "Next."',
    '  3. Click "Repair your computer."',
    '',
    'If you do not have this disc, contact your system administrator or computer',
    'manufacturer for assistance.',
    '',
    ...(file === undefined ? [] : [`    File: ${file}`, '']),
    `    Status: ${statusText(status)}`,
    '',
    ...wrap('    Info: ', info),
  ];
}

function linesOf62({ status, info, file }: FailureFacts): string[] {
  return [
    'Recovery',
    '',
    'Your PC needs to be repaired',
    '',
    ...wrap('', info),
    '',
    ...(file === undefined ? [] : [`    File: ${file}`]),
    `    Error code: ${statusText(status)}`,
    '',
    "You'll need to use the recovery tools on your installation media. If you",
    "don't have any installation media (like a disc or USB device), contact your",
    'system administrator or PC manufacturer.',
  ];
}

/** Breaks text between words; further lines are indented by the length of the label. */
function wrap(label: string, text: string): string[] {
  const lines: string[] = [];
  let line = label;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = ' '.repeat(label.length);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

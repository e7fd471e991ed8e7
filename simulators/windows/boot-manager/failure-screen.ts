import type { BootFailure } from './boot-failure';

const COLUMNS = 80;
const ROWS = 25;
const TITLE = 'Windows Boot Manager';
/** The key hints in the last row are our choice of words and place. */
const FOOTER = ` ENTER=Continue${' '.repeat(COLUMNS - 25)} ESC=Exit `;

/**
 * The text screen of a failed boot: 25 lines of 80 characters. 6.1 has a centred title bar (as on a real screenshot)
 * and a bar of key hints; the boot sectors' messages stand alone at the top.
 */
export function renderFailureScreen(failure: BootFailure): string[] {
  const framed = failure.status !== undefined && failure.era === 'windows-6.1';
  const body = framed ? [centred(TITLE), '', ...failure.screen] : failure.screen;
  const lines = Array.from({ length: ROWS }, (_row, index) => (body[index] ?? '').slice(0, COLUMNS));
  if (framed) lines[ROWS - 1] = FOOTER;
  return lines.map((line) => line.padEnd(COLUMNS));
}

function centred(text: string): string {
  return ' '.repeat((COLUMNS - text.length) / 2) + text;
}

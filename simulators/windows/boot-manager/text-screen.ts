/** 80 x 25 characters, as a PC's text display has them. */
export interface TextScreen {
  /** 25 lines of 80 characters. */
  readonly lines: readonly string[];
  /** Rows in reverse video, counted from 0. */
  readonly reversed: readonly number[];
  /** Since Windows 8 the boot manager writes white on blue; so does every kernel that stops, before on a dark one. */
  readonly look: 'black' | 'blue' | 'dark blue';
}

export const COLUMNS = 80;
export const ROWS = 25;

export function textScreen(
  body: readonly string[],
  options: Partial<Omit<TextScreen, 'lines'>> = {},
): TextScreen {
  const lines = Array.from({ length: ROWS }, (_row, index) =>
    (body[index] ?? '').slice(0, COLUMNS).padEnd(COLUMNS),
  );
  return { reversed: [], look: 'black', ...options, lines };
}

export function centred(text: string): string {
  return ' '.repeat(Math.floor((COLUMNS - text.length) / 2)) + text;
}

/** The body with a text in the last row. */
export function withFooter(body: readonly string[], footer: string): string[] {
  return [...Array.from({ length: ROWS - 1 }, (_row, index) => body[index] ?? ''), footer];
}

/** Three hints at the left, the middle and the right of a row. */
export function hints(left: string, middle: string, right: string): string {
  const start = ` ${left}`.padEnd((COLUMNS - middle.length) / 2) + middle;
  return `${start.padEnd(COLUMNS - right.length - 1)}${right} `;
}

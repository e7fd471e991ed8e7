/** The console's sixteen colours since Windows 10 version 1709 ("Campbell"), in the order of the ANSI numbers. */
const CAMPBELL = [
  '#0c0c0c',
  '#c50f1f',
  '#13a10e',
  '#c19c00',
  '#0037da',
  '#881798',
  '#3a96dd',
  '#cccccc',
  '#767676',
  '#e74856',
  '#16c60c',
  '#f9f1a5',
  '#3b78ff',
  '#b4009e',
  '#61d6d6',
  '#f2f2f2',
] as const;

export const DEFAULT_FOREGROUND = 7;
export const DEFAULT_BACKGROUND = 0;

/** #rrggbb of one of the 256 palette entries: 16 named, a 6x6x6 cube, 24 greys (xterm's ctlseqs). */
export function paletteColour(index: number): string {
  const named = CAMPBELL[index];
  if (named) return named;
  if (index >= 232) return rgb(8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10);
  const cube = index - 16;
  const level = (digit: number) => (digit === 0 ? 0 : 55 + digit * 40);
  return rgb(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

/** #rrggbb of a 0xRRGGBB number. */
export function trueColour(value: number): string {
  return rgb(value >>> 16, (value >>> 8) & 0xff, value & 0xff);
}

function rgb(red: number, green: number, blue: number): string {
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`;
}

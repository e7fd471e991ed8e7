import * as std from 'quickjs-std';

/** The display and the serial line: what a person at the console and a log reader see. */
const consoles = ['/dev/tty0', '/dev/ttyS0'];

/**
 * Clears the display and writes the lines, 80 columns at most, to it and to the serial line. A full screen's first and
 * last rows are bars in reverse video, as 2008 R2 draws them; nothing follows the last row, or the display would scroll.
 */
export function showScreen(lines: readonly string[]): void {
  for (const path of consoles) {
    const console = std.open(path, 'w');
    if (console) {
      console.puts(`\x1b[2J\x1b[H\x1b[?25l${lines.map(styled).join('\r\n')}`);
      console.flush();
      console.close();
    }
  }
}

export function log(text: string): void {
  const serial = std.open('/dev/ttyS0', 'w');
  serial?.puts(`${text}\r\n`);
  serial?.close();
}

function styled(line: string, row: number, lines: readonly string[]): string {
  const bar = (row === 0 || row === lines.length - 1) && /^ .*\S/.test(line);
  return bar ? `\x1b[7m${line}\x1b[0m` : line;
}

import * as std from 'quickjs-std';

/** The display and the serial line: what a person at the console and a log reader see. */
const consoles = ['/dev/tty0', '/dev/ttyS0'];

/** Clears the display and writes the lines, 80 columns at most, to it and to the serial line. */
export function showScreen(lines: readonly string[]): void {
  for (const path of consoles) {
    const console = std.open(path, 'w');
    if (console) {
      console.puts(`\x1b[2J\x1b[H\x1b[?25l${lines.join('\r\n')}\r\n`);
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

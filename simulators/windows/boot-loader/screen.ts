import * as std from 'quickjs-std';
import type { TextScreen } from '../boot-manager';

/** The display and the serial line: what a person at the console and a log reader see. */
const consoles = ['/dev/tty0', '/dev/ttyS0'];

const RESET = '\x1b[0m';
/** White on blue; the display's own blue becomes that of Windows 8 and later (0078D7, general knowledge). */
const BLUE = '\x1b]P40078d7\x1b[0;1;37;44m';

/** Clears the display and writes the screen to it and to the serial line; nothing follows the last row, or it would scroll. */
export function showScreen({ lines, reversed, look }: TextScreen): void {
  for (const path of consoles) {
    const colour = look === 'blue' ? (path === '/dev/tty0' ? BLUE : '\x1b[0;1;37;44m') : RESET;
    const styled = lines.map((line, row) =>
      reversed.includes(row) ? `\x1b[7m${line}${RESET}${colour}` : line,
    );
    const console = std.open(path, 'w');
    if (console) {
      console.puts(`${colour}\x1b[2J\x1b[H\x1b[?25l${styled.join('\r\n')}`);
      console.flush();
      console.close();
    }
  }
}

export function log(text: string): void {
  const serial = std.open('/dev/ttyS0', 'w');
  serial?.puts(`${RESET}\r\n${text}\r\n`);
  serial?.close();
}

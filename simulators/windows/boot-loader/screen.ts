import * as std from 'quickjs-std';
import type { TextScreen } from '../boot-manager';

/** The display and the serial line: what a person at the console and a log reader see. */
const consoles = ['/dev/tty0', '/dev/ttyS0'];

const RESET = '\x1b[0m';
const WHITE_ON_BLUE = '\x1b[0;1;37;44m';
/** The display's own blue, which is dark, becomes that of Windows 8 and later (0078D7, general knowledge). */
const BRIGHTER_BLUE = '\x1b]P40078d7';

/** Clears the display and writes the screen to it and to the serial line; nothing follows the last row, or it would scroll. */
export function showScreen({ lines, reversed, look }: TextScreen): void {
  for (const path of consoles) {
    const palette = look === 'blue' && path === '/dev/tty0' ? BRIGHTER_BLUE : '';
    const colour = `${palette}${look === 'black' ? RESET : WHITE_ON_BLUE}`;
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

import type { ProgramIo } from '../program';

/** Writes lines; with `pages` and a terminal it waits for a key after each screen, as `/p` does. */
export function pagedOutput(
  { output, keyboard, terminal }: ProgramIo,
  pages: boolean,
): (line: string) => Promise<void> {
  let room = terminal ? Math.max(1, terminal.rows - 1) : 0;
  return async (line) => {
    if (pages && terminal && room-- === 0) {
      output.write('Press any key to continue . . . ');
      await keyboard.readKey();
      output.write('\r\n');
      room = Math.max(1, terminal.rows - 1) - 1;
    }
    output.write(`${line}\r\n`);
  };
}

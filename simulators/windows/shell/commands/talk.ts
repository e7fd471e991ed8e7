import { versionLine } from '../banner';
import type { Builtin } from '../session';

/** `echo text`, `echo.`; blanks before a redirection stay, as in cmd. */
export const echo: Builtin = async (_session, tail, { output }) => {
  const text = tail.slice(1);
  if (text.trim() === '' && !/^[./:+([\]\\]/.test(tail)) output.write('ECHO is on.\r\n');
  else output.write(`${text}\r\n`);
  return 0;
};

export const version: Builtin = async (session, _tail, { output }) => {
  output.write(`\r\n${versionLine(session.parts.host.version)}\r\n`);
  return 0;
};

/** A terminal gets the erase sequence, anything else the form feed that cmd writes. */
export const clearScreen: Builtin = async (_session, _tail, { output, terminal }) => {
  output.write(terminal ? '\u001b[2J\u001b[H' : '\f');
  return 0;
};

export const pause: Builtin = async (_session, _tail, { output, input }) => {
  output.write('Press any key to continue . . . ');
  await input.readKey();
  output.write('\r\n');
  return 0;
};

/** `exit`, `exit /b`, `exit 3`. */
export const exit: Builtin = async (session, tail) => {
  const code = /(-?\d+)\s*$/.exec(tail)?.[1];
  session.exitCode = code === undefined ? session.errorLevel : Number(code);
  return session.exitCode;
};

/** `rem` and `title`: nothing to see. */
export const nothing: Builtin = async (session) => session.errorLevel;

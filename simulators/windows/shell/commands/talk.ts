import { versionLine } from '../banner';
import { EndOfBatch } from '../batch-frame';
import type { Builtin } from '../session';

/** `echo text`, `echo.`, `echo on`, `echo off`; blanks before a redirection stay, as in cmd. */
export const echo: Builtin = async (session, tail, { output }) => {
  const text = tail.slice(1);
  const bare = !/^[./:+([\]\\,;=]/.test(tail);
  if (bare && /^(on|off)$/i.test(text.trim())) {
    session.echo = /^on$/i.test(text.trim());
    return undefined;
  }
  if (bare && text.trim() === '') output.write(`ECHO is ${session.echo ? 'on' : 'off'}.\r\n`);
  else output.write(`${text}\r\n`);
  return undefined;
};

export const version: Builtin = async (session, _tail, { output }) => {
  output.write(`\r\n${versionLine(session.parts.host.version)}\r\n`);
  return 0;
};

/** A terminal gets the erase sequence, anything else the form feed that cmd writes. */
export const clearScreen: Builtin = async (_session, _tail, { output, terminal }) => {
  output.write(terminal ? '\u001b[2J\u001b[H' : '\f');
  return undefined;
};

export const pause: Builtin = async (_session, _tail, { output, input }) => {
  output.write('Press any key to continue . . . ');
  await input.readKey();
  output.write('\r\n');
  return undefined;
};

/** `exit`, `exit 3`; `exit /b 3` ends the batch file only. */
export const exit: Builtin = async (session, tail) => {
  const code = /(-?\d+)\s*$/.exec(tail)?.[1];
  const level = code === undefined ? session.errorLevel : Number(code) | 0;
  if (session.batch && /^\s*\/b(?=\s|$)/i.test(tail)) throw new EndOfBatch(level);
  session.exitCode = level;
  return level;
};

/** Console colours of Windows by their hexadecimal digit, as ANSI's: blue and red change places. */
const ansi = [0, 4, 2, 6, 1, 5, 3, 7];

/** `color 1f`: background and foreground; alone the default comes back. Equal digits are refused with 1. */
export const color: Builtin = async (_session, tail, { output, errors, terminal }) => {
  const digits = tail.trim();
  if (!/^([0-9a-f]{1,2})?$/i.test(digits) || /^(.)\1$/i.test(digits)) {
    // Our text in place of the long help.
    if (!/^(.)\1$/i.test(digits)) errors.write('The parameter is incorrect.\r\n');
    return 1;
  }
  if (!terminal) return undefined;
  const [back, fore] = digits.padStart(2, '0').split('');
  const code = (digit: string, normal: number): number => {
    const value = Number.parseInt(digit, 16);
    return (value > 7 ? normal + 60 : normal) + (ansi[value & 7] ?? 0);
  };
  output.write(digits === '' ? '\u001b[0m' : `\u001b[${code(back ?? '0', 40)};${code(fore ?? '7', 30)}m`);
  return undefined;
};

/** `title text`: a terminal shows it. */
export const title: Builtin = async (_session, tail, { output, terminal }) => {
  if (terminal) output.write(`\u001b]0;${tail.trim().replace(/[\u0000-\u001f]/g, '')}\u0007`);
  return undefined;
};

/** `rem` and `break`: nothing to see. */
export const nothing: Builtin = async () => undefined;

/** `verify on | off` is kept by nobody here; it tells that it is off. */
export const verify: Builtin = async (_session, tail, { output, errors }) => {
  if (/^\s*$/.test(tail)) output.write('VERIFY is off.\r\n');
  else if (!/^\s*(on|off)\s*$/i.test(tail)) {
    errors.write('You must specify ON or OFF.\r\n');
    return 1;
  }
  return 0;
};

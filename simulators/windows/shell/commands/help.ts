import type { Builtin } from '../session';
import { commandHelp, commandSummaries } from './help-texts';

/** `help` lists the commands and programs, `help name` is `name /?`. */
export const help: Builtin = async (session, tail, io) => {
  const name = tail.trim();
  const { programs, interpreter } = session.parts;
  if (name === '') {
    for (const [command, summary] of commandSummaries())
      io.output.write(`${command.toUpperCase().padEnd(14)}${summary}\r\n`);
    // Our text.
    io.output.write(`\r\nPrograms: ${[...programs.keys()].sort().join(', ')}\r\n`);
    io.output.write('Some of them only say what to use instead. "NAME /?" tells more.\r\n');
    return 0;
  }
  const text = commandHelp(name);
  if (text !== undefined) {
    io.output.write(text);
    return 0;
  }
  if (/^\w+$/.test(name) && programs.has(name.toLowerCase()))
    return interpreter.runLine(session, `${name} /?`, io);
  io.errors.write(`This command is not supported by the help utility.  Try "${name} /?".\r\n`);
  return 1;
};

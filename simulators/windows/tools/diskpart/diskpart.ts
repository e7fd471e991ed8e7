import { decodeText, type Program, type ProgramContext, WindowsError } from '../../shell';
import type { CommandContext } from './command';
import { findCommand, helpText } from './commands';
import { asFailure, DiskPartFailure } from './failure';

/** The three lines are those of 6.1; from 10 on a blank line follows the first and the years are gone. */
function banner(version: string, hostName: string): string {
  const copyright = version.startsWith('6.')
    ? 'Copyright (C) 1999-2008 Microsoft Corporation.'
    : '\r\nCopyright (C) Microsoft Corporation.';
  return `\r\nMicrosoft DiskPart version ${version}\r\n${copyright}\r\nOn computer: ${hostName.toUpperCase()}\r\n`;
}

/** Runs one line. Returns 'exit' when it says so. @throws DiskPartFailure */
async function runLine(context: CommandContext, line: string): Promise<'exit' | undefined> {
  const words = line.trim().split(/\s+/);
  const [verb = ''] = words;
  if (verb === '' || /^rem$/i.test(verb)) return undefined;
  if (/^exit$/i.test(verb)) return 'exit';
  if (/^(help|\?)$/i.test(verb)) {
    context.say(helpText());
    return undefined;
  }
  const ignoresErrors = words.some((word) => /^noerr$/i.test(word));
  const found = findCommand(words.filter((word) => !/^noerr$/i.test(word)));
  // On real Windows a wrong command is answered with the list of commands as well; the list is our own.
  if (!found) throw new DiskPartFailure([helpText()], 5);
  try {
    await found.command(context, found.rest);
  } catch (error) {
    const failure = asFailure(error);
    if (!ignoresErrors) throw failure;
    context.say(failure.message);
  }
  return undefined;
}

async function interactive(context: CommandContext, { input, output }: ProgramContext): Promise<number> {
  for (;;) {
    const line = await input.readLine('\r\nDISKPART> ');
    if (line === undefined) return 0;
    try {
      if ((await runLine(context, line)) === 'exit') break;
    } catch (error) {
      if (!(error instanceof DiskPartFailure)) throw error;
      context.say(error.message);
    }
  }
  output.write('\r\nLeaving DiskPart...\r\n');
  return 0;
}

async function script(context: CommandContext, program: ProgramContext, path: string): Promise<number> {
  let text: string;
  try {
    text = decodeText(await program.files.read(program.resolvePath(path)));
  } catch (error) {
    if (!(error instanceof WindowsError)) throw error;
    // Exit code 3 is documented; the text is ours.
    context.say(`DiskPart could not open the script file ${path}: ${error.message}`);
    return 3;
  }
  for (const line of text.split(/\r?\n/)) {
    try {
      if ((await runLine(context, line)) === 'exit') break;
    } catch (error) {
      if (!(error instanceof DiskPartFailure)) throw error;
      context.say(error.message);
      return error.exitCode;
    }
  }
  program.output.write('\r\nLeaving DiskPart...\r\n');
  return 0;
}

/**
 * `diskpart`, `diskpart /s script`. A script stops at the first error that is not marked `noerr`; exit codes:
 * 0 done, 2 wrong option, 3 no script, 4 a command failed, 5 syntax error.
 */
export const diskpart: Program = async (program) => {
  const { host, files, args, output } = program;
  const context: CommandContext = {
    host,
    files,
    focus: { disk: undefined, volume: undefined },
    say: (text) => output.write(`\r\n${text}\r\n`),
  };
  const [option, path] = args;
  if (option !== undefined && (!/^[/-]s$/i.test(option) || path === undefined)) {
    // Our text.
    context.say('Microsoft DiskPart syntax:\r\n\tdiskpart [/s <script>]');
    return 2;
  }
  output.write(banner(host.version, host.hostName));
  return path === undefined ? interactive(context, program) : script(context, program, path);
};

import { newGuid } from '../../random';
import { decodeText, type Program, type ProgramContext, WindowsError } from '../../shell';
import type { CommandContext } from './command';
import { asFailure, DiskPartFailure, InvalidArguments } from './failure';
import { findCommand, helpText } from './find-command';
import { splitWords } from './parameters';

/** The three lines are those of 6.1; from 10 on a blank line follows the first and the years are gone. */
function banner(version: string, hostName: string): string {
  const copyright = version.startsWith('6.')
    ? 'Copyright (C) 1999-2008 Microsoft Corporation.'
    : '\r\nCopyright (C) Microsoft Corporation.';
  return `\r\nMicrosoft DiskPart version ${version}\r\n${copyright}\r\nOn computer: ${hostName.toUpperCase()}\r\n`;
}

/** The list of what can be chosen from comes below the version, as on real Windows. */
function help({ host }: CommandContext, words: readonly string[]): string {
  return `Microsoft DiskPart version ${host.version}\r\n\r\n${helpText(words)}`;
}

/** Runs one line. Returns 'exit' when it says so. @throws DiskPartFailure */
async function runLine(context: CommandContext, line: string): Promise<'exit' | undefined> {
  const words = splitWords(line);
  const [verb = ''] = words;
  if (verb === '' || /^rem$/i.test(verb)) return undefined;
  if (/^exit$/i.test(verb)) return 'exit';
  if (/^(help|\?)$/i.test(verb)) {
    context.say(help(context, words.slice(1)));
    return undefined;
  }
  const ignoresErrors = words.some((word) => /^noerr$/i.test(word));
  const asked = words.filter((word) => !/^noerr$/i.test(word));
  const found = findCommand(asked);
  // A wrong or half command is answered with the list of what there is.
  if (found.kind === 'choice') throw new DiskPartFailure([help(context, asked)], 5);
  try {
    await found.command(context, found.rest);
  } catch (error) {
    const failure = error instanceof InvalidArguments ? error.of(found.name) : asFailure(error);
    // `noerr` goes on after what the service refuses, not after what was written wrongly.
    if (!ignoresErrors || failure.exitCode === 5) throw failure;
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

/** `/s file` and `/t seconds`, in any order. Undefined for anything else. */
function parseOptions(args: readonly string[]): { readonly script: string | undefined } | undefined {
  let path: string | undefined;
  for (let at = 0; at < args.length; at += 2) {
    const value = args[at + 1];
    if (value === undefined) return undefined;
    if (/^[/-]s$/i.test(args[at] ?? '')) path = value;
    // A pause between the commands on real Windows; here nothing has to settle.
    else if (!/^[/-]t$/i.test(args[at] ?? '') || !/^\d+$/.test(value)) return undefined;
  }
  return { script: path };
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
    focus: { disk: undefined, partition: undefined, volume: undefined },
    newGuid,
    say: (text) => output.write(`\r\n${text}\r\n`),
  };
  const options = parseOptions(args);
  if (!options) {
    // Our text.
    context.say('Microsoft DiskPart syntax:\r\n\tdiskpart [/s <script>] [/t <seconds>] [/?]');
    return args.length === 1 && args[0] === '/?' ? 0 : 2;
  }
  output.write(banner(host.version, host.hostName));
  return options.script === undefined
    ? interactive(context, program)
    : script(context, program, options.script);
};

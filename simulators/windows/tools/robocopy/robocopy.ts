import { encodeText, type Program, type ProgramContext, WindowsError } from '../../shell';
import { copyTree } from './copy-tree';
import { failureLines } from './failure-lines';
import { parseRobocopy, type RobocopyOptions } from './options';
import { Tally } from './tally';

const line = ''.padEnd(79, '-');
const shortLine = ''.padEnd(78, '-');

/** `Saturday, November 21, 2026 4:16:00 PM`. */
function stamp(date: Date): string {
  const day = date.toLocaleDateString('en-US', {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    year: 'numeric',
  });
  const time = date.toLocaleTimeString('en-US').replace(/\s/g, ' ');
  return `${day} ${time}`;
}

const title = `\r\n${line}\r\n   ROBOCOPY     ::     Robust File Copy for Windows${''.padEnd(30)}\r\n${line}\r\n\r\n`;

/** Layout: general knowledge of real Windows. */
function header(options: RobocopyOptions, source: string, target: string): string {
  const [first = '*.*', ...others] = options.patterns;
  const files = [first, ...others.map((one) => `${''.padEnd(12)}${one}`)].join('\r\n');
  return (
    `${title}  Started : ${stamp(new Date())}\r\n   Source : ${source}\r\n     Dest : ${target}\r\n\r\n` +
    `    Files : ${files}\r\n\t    \r\n  Options : ${options.patterns.join(' ')} ${options.shown}\r\n\r\n` +
    `${shortLine}\r\n\r\n`
  );
}

/** Shows lines, or keeps them for the log file. */
class Report {
  #text = '';

  constructor(
    readonly context: ProgramContext,
    readonly options: RobocopyOptions,
  ) {}

  write(text: string): void {
    const { log, tee } = this.options;
    if (log) this.#text += text;
    if (!log || tee) this.context.output.write(text);
  }

  async finish(): Promise<void> {
    const { log } = this.options;
    if (!log) return;
    const path = this.context.resolvePath(log.path);
    await this.context.files.write(path, encodeText(this.#text), { append: log.append });
    this.context.output.write(`\r\n Log File : ${path}\r\n`);
  }
}

/**
 * `robocopy source target [file ...] [options]`. The exit code is a set of bits: 0 nothing to do, 1 files copied, 2 the
 * target has more, 8 something could not be copied; 16 nothing was done.
 */
export const robocopy: Program = async (context) => {
  const options = parseRobocopy(context.args);
  if (typeof options === 'string') {
    context.output.write(
      `${title}${options}\r\n\r\n       Simple Usage :: ROBOCOPY source destination /MIR\r\n\r\n`,
    );
    return 16;
  }
  const [source, target] = [context.resolvePath(options.source), context.resolvePath(options.target)];
  const report = new Report(context, options);
  const write = (text: string): void => report.write(text);
  const shown = (path: string): string => `${path.replace(/\\$/, '')}\\`;
  if (options.header) write(header(options, shown(source), shown(target)));
  const facts = await context.files.stat(source);
  if (!facts?.folder) {
    const code = facts ? new WindowsError(267) : new WindowsError(2);
    write(failureLines(code, 'Accessing Source Directory', shown(source)));
    await report.finish();
    return 16;
  }
  const tally = new Tally();
  try {
    await copyTree(
      { context, options, tally, targetRoot: target, write },
      source.replace(/(?<!:)\\$/, ''),
      target,
    );
  } catch (error) {
    if (!(error instanceof WindowsError)) throw error;
    write(failureLines(error, 'Creating Destination Directory', shown(target)));
    await report.finish();
    return 16;
  }
  if (options.summary) write(`\r\n${shortLine}\r\n\r\n${tally.text(stamp(new Date()))}`);
  await report.finish();
  return tally.exitCode;
};

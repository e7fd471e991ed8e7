import type { Programs } from '../programs/programs';
import { runProgram } from '../programs/run-program';
import type { CommandResult } from '../ssh/ssh-client';

/** Python's clients take one to three seconds to start, on a busy host longer (ms). */
const DEADLINE = 60_000;

/**
 * A shell in which somebody calls one command after the other, with nothing of the user's own settings. `settings` is
 * what they exported there; secrets belong there too, and not into a command.
 */
export class CommandLine {
  constructor(
    private readonly programs: Programs,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** Runs one command to its end. Any exit code is a result; a command that does not end in time is an error. */
  async run(file: string, words: readonly string[], deadline = DEADLINE): Promise<CommandResult> {
    const environment = {
      HOME: this.programs.directory,
      LC_ALL: 'C.UTF-8',
      COLUMNS: '200',
      ...this.settings,
    };
    const { exitCode, stdout, stderr, timedOut } = await runProgram(
      this.programs,
      { file, arguments: words, environment },
      { deadline },
    );
    if (timedOut || exitCode === undefined) {
      throw new Error(
        `The command ${[file, ...words].join(' ')} did not end within ${deadline} ms. It said: ${stderr.trim() || stdout.trim() || 'nothing'}`,
      );
    }
    return { exitCode, stdout, stderr };
  }
}

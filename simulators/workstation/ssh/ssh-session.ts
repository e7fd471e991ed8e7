import { stripVTControlCharacters } from 'node:util';
import { waitingFor } from '../../waits';
import type { RunningProgram } from '../programs/programs';

/** How much of a terminal's end an error shows. */
const SHOWN_CHARACTERS = 400;

/** A terminal on the server: keys go in, text is waited for. Matching skips terminal control sequences. */
export class SshSession implements AsyncDisposable {
  #raw = '';
  #consumed = 0;
  #exitCode: number | undefined;
  #ended = false;
  readonly #watchers = new Set<() => void>();
  /** The exit code of the remote shell; undefined where the connection broke. */
  readonly ended: Promise<number | undefined>;

  constructor(
    private readonly program: RunningProgram,
    private readonly mask: (text: string) => string,
  ) {
    const decoder = new TextDecoder();
    program.stdout.on('data', (chunk: Buffer) => {
      this.#raw += decoder.decode(chunk, { stream: true });
      this.#notify();
    });
    program.stderr.resume();
    this.ended = program.ended.then(({ exitCode }) => {
      this.#exitCode = exitCode;
      this.#ended = true;
      this.#notify();
      return exitCode;
    });
    this.ended.catch(() => {});
  }

  /** Everything seen so far, without control sequences. */
  get transcript(): string {
    return stripVTControlCharacters(this.#raw);
  }

  send(text: string): void {
    this.program.stdin.write(text);
  }

  /** Types a line and Enter. */
  sendLine(line: string): void {
    this.send(`${line}\r`);
  }

  /**
   * Waits until the text after the last match contains the pattern, and answers that text up to the match's end.
   * `deadline` is in milliseconds.
   */
  waitFor(
    pattern: RegExp | string,
    { deadline = 30_000 }: { readonly deadline?: number } = {},
  ): Promise<string> {
    return waitingFor('commands over SSH', () => this.#waitFor(withoutState(pattern), deadline));
  }

  #waitFor(expression: RegExp, deadline: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        settle();
      };
      const look = () => {
        const unread = this.transcript.slice(this.#consumed);
        const match = expression.exec(unread);
        if (match) {
          const end = match.index + match[0].length;
          this.#consumed += end;
          finish(() => resolve(unread.slice(0, end)));
        } else if (this.#ended) {
          const how =
            this.#exitCode === undefined ? 'the connection broke' : `the shell ended with ${this.#exitCode}`;
          finish(() => reject(this.#failure(expression, how)));
        }
      };
      const timer = setTimeout(
        () => finish(() => reject(this.#failure(expression, `${deadline} ms passed`))),
        deadline,
      );
      this.#watchers.add(look);
      look();
    });
  }

  #failure(expression: RegExp, how: string): Error {
    const seen = this.mask(this.transcript.slice(this.#consumed).slice(-SHOWN_CHARACTERS));
    return new Error(
      `The terminal did not show ${expression} before ${how}. Since the last match it showed: ${JSON.stringify(seen)}`,
    );
  }

  #notify(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program.stop();
  }
}

/** A pattern that starts anew with each text, and a text as a pattern for itself. */
function withoutState(pattern: RegExp | string): RegExp {
  if (typeof pattern === 'string') return new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
}

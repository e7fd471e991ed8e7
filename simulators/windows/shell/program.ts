import type { WindowsHost } from '../windows-host';
import type { FileAccess } from './file-access';

/** A stream of text. Line ends are CRLF, written by the writer. */
export interface TextOutput {
  write(text: string): void;
  /** Where a file is written: bytes of any kind, as they are. */
  writeBytes?(bytes: Uint8Array): void;
}

/** Where a program's input comes from: a terminal's keyboard, a pipe or the client's stream. */
export interface LineInput {
  /** Shows the prompt, then reads one line without its line end; undefined at the end of input. */
  readLine(prompt: string): Promise<string | undefined>;
  /** One key press (or one character of a pipe), not shown; undefined at the end of input. */
  readKey(): Promise<string | undefined>;
  /** Loops without an end ask it at each turn. Throws Interrupted when Ctrl-C was typed or the terminal has gone. */
  checkInterrupt?(): void;
}

/** Height and width of the client's terminal, in characters; they change when its window does. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface ProgramIo {
  readonly input: LineInput;
  /** The session's own keyboard, also where `input` is a pipe or a file. */
  readonly keyboard: LineInput;
  readonly output: TextOutput;
  readonly errors: TextOutput;
  /** The terminal that `output` leads to, or undefined when it goes into a file, a pipe or no terminal at all. */
  readonly terminal: TerminalSize | undefined;
}

/** What a program (`diskpart`, `bcdedit`, ...) gets when the shell starts it. */
export interface ProgramContext extends ProgramIo {
  /** Arguments split by the C runtime's rules: quotes removed. */
  readonly args: readonly string[];
  readonly host: WindowsHost;
  readonly files: FileAccess;
  /** The user's account name, in its own case. */
  readonly user: string;
  /** Makes a path absolute against the current drive and folder. Throws WindowsError 123 for no path. */
  resolvePath(path: string): string;
}

/** A program returns its exit code. */
export type Program = (context: ProgramContext) => Promise<number>;

/** Programs by lower-case name without `.exe`. */
export type Programs = ReadonlyMap<string, Program>;

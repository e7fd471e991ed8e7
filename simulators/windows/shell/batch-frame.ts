/** A batch file on its way through the interpreter. `call :label` opens a frame of its own on the same lines. */
export interface BatchFrame {
  /** Absolute path of the file. */
  readonly path: string;
  readonly lines: readonly string[];
  /** The next line. */
  position: number;
  /** `%0`, `%1`, ...; `shift` takes the first away. */
  readonly args: string[];
  /** The text after the name, as typed: `%*`. */
  readonly allArguments: string;
  /** Frames below this one. */
  readonly depth: number;
}

/** `goto` and `call :label` deeper than this end the script: cmd's own stack ends at some hundred as well. */
export const deepestBatch = 200;

/** Ends the running statement; the batch file goes on behind the label. */
export class GotoLabel extends Error {
  override readonly name = 'GotoLabel';

  constructor(readonly label: string) {
    super(`The batch file goes on at the label ${label}.`);
  }
}

/** `exit /b`, or a batch file that ends by starting another one. */
export class EndOfBatch extends Error {
  override readonly name = 'EndOfBatch';

  constructor(readonly exitCode: number) {
    super(`The batch file ends with exit code ${exitCode}.`);
  }
}

/** The name that a line is the label of, in lower case, or undefined. */
function labelOf(line: string): string | undefined {
  return /^[\s,;=]*:[\s,;=]*([^\s,;=:+&|<>()^]+)/.exec(line)?.[1]?.toLowerCase();
}

export function isLabelLine(line: string): boolean {
  return /^[\s,;=]*:/.test(line);
}

/** The line behind the label: searched from the current one to the end, then from the top. Undefined: no such label. */
export function findLabel({ lines, position }: BatchFrame, wanted: string): number | undefined {
  const name = labelOf(`:${wanted.replace(/^\s*:/, '')}`);
  if (name === undefined) return undefined;
  const order = [...lines.keys()].map((index) => (index + position) % lines.length);
  const found = order.find((index) => labelOf(lines[index] ?? '') === name);
  return found === undefined ? undefined : found + 1;
}

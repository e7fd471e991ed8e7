import { text } from 'node:stream/consumers';
import type { Program, ProgramEnd, Programs } from './programs';

export interface ProgramResult extends ProgramEnd {
  readonly stdout: string;
  readonly stderr: string;
  /** The program was ended because its time was over. */
  readonly timedOut: boolean;
}

/** Runs a program to its end, or ends it after `deadline` milliseconds. Any exit code is a result, not an error. */
export async function runProgram(
  programs: Programs,
  program: Program,
  { input = '', deadline }: { readonly input?: string; readonly deadline: number },
): Promise<ProgramResult> {
  await using running = programs.start(program);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    void running.stop();
  }, deadline);
  try {
    running.stdin.end(input);
    const [stdout, stderr, { exitCode }] = await Promise.all([
      text(running.stdout),
      text(running.stderr),
      running.ended,
    ]);
    return { stdout, stderr, exitCode, timedOut };
  } finally {
    clearTimeout(timer);
  }
}

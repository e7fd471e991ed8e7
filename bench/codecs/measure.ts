import { spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** One whole command. Its output goes to nobody. */
export interface Program {
  readonly name: string;
  readonly command: readonly [program: string, ...words: string[]];
  /** What it reads from its standard input. */
  readonly input?: string;
}

export interface Measurement {
  readonly name: string;
  readonly runs: number;
  /** From the start of the process to its end, in ms. */
  readonly fastest: number;
  readonly median: number;
  /** Most memory that the process had at a time (bytes). */
  readonly peakMemory: number;
}

const FEWEST_RUNS = 5;
const MOST_RUNS = 200;
/** No further round of a contest starts after so many ms. */
const LONGEST = 6_000;

/**
 * Runs the programs in turns, each as often as the others, so that a busy machine slows all of them down alike. Each round
 * has an order of its own: who always came after a large program would always find the processor's caches empty.
 */
export async function race(programs: readonly Program[], folder: string): Promise<Measurement[]> {
  const memory = new Map<Program, number>();
  // The first run also brings program and input into the page cache.
  for (const program of programs) memory.set(program, await peakMemoryOf(program, folder));
  const times = new Map<Program, number[]>(programs.map((program) => [program, []]));
  const end = performance.now() + LONGEST;
  for (let run = 0; run < MOST_RUNS && (run < FEWEST_RUNS || performance.now() < end); run += 1) {
    for (const program of shuffled(programs)) times.get(program)?.push(await timeOf(program));
  }
  return programs.map((program) => {
    const sorted = (times.get(program) ?? []).toSorted((left, right) => left - right);
    return {
      name: program.name,
      runs: sorted.length,
      fastest: sorted[0] ?? Number.NaN,
      median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
      peakMemory: memory.get(program) ?? Number.NaN,
    };
  });
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ item }) => item);
}

/** Output of a program that is not measured, to compare it. */
export function outputOf({ name, command: [program, ...words], input }: Program): string {
  const { status, stdout, error } = spawnSync(program, words, {
    encoding: 'latin1',
    maxBuffer: 1 << 29,
    ...(input === undefined ? {} : { input }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  if (status !== 0) throw new Error(`${name} failed: ${error?.message ?? `it ended with ${status}`}.`);
  return stdout;
}

async function timeOf(program: Program): Promise<number> {
  const start = performance.now();
  await ended(program, program.command);
  return performance.now() - start;
}

/** By GNU time, whose report goes to a file: the memory of a process is known to its parent only. */
export async function peakMemoryOf(program: Program, folder: string): Promise<number> {
  const report = path.join(folder, 'peak-memory');
  await ended(program, ['time', '--format=%M', `--output=${report}`, ...program.command]);
  return 1024 * Number(await readFile(report, 'utf8'));
}

function ended({ name, input }: Program, [command, ...words]: readonly [string, ...string[]]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'ignore'],
    });
    child.stdin?.end(input);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`${name} ended with ${signal ?? code}; run it by hand: ${command} ${words.join(' ')}`),
        );
    });
  });
}

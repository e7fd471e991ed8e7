import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CodecFigures, codecTable, growthSentence, ratioOf } from './codec-report';
import { type Contest, contests } from './contests';
import { type HiveGrowth, hiveGrowth } from './hive-growth';
import { Inputs } from './inputs';
import { outputOf, type Program, race } from './measure';
import { listCommand } from './our-command';

interface CodecBench {
  readonly codecs: readonly CodecFigures[];
  readonly hiveGrowth: readonly HiveGrowth[];
}

/** Races each codec's listing against the programs that tell the same. Prints the table to the standard output. */
export async function codecBench(say: (line: string) => void): Promise<CodecBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rescue-lab-bench-'));
  try {
    say('preparing the inputs of the codecs');
    const command = await listCommand(say);
    const inputs = new Inputs(folder);
    const codecs: CodecFigures[] = [];
    for (const contest of contests(inputs)) {
      say(`${contest.codec}: ${contest.input}`);
      codecs.push(await figuresOf(contest, command(contest.words), folder));
    }
    const growth: HiveGrowth[] = [];
    growth.push(await hiveGrowth(inputs, (file) => command(['hive', file]), folder));
    const hivexml = (file: string): Program => ({ name: 'hivexml', command: ['hivexml', file] });
    growth.push(await hiveGrowth(inputs, hivexml, folder));
    process.stdout.write(`${codecTable(codecs)}\n${growth.map(growthSentence).join('\n')}\n`);
    for (const { codec, input, ours, others } of codecs) {
      const behind = others.filter((other) => ratioOf(ours, other) > 1);
      if (behind.length > 0)
        say(`behind on ${codec}, ${input}: ${behind.map(({ name }) => name).join(', ')}`);
    }
    return { codecs, hiveGrowth: growth };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function figuresOf(contest: Contest, own: Program, folder: string): Promise<CodecFigures> {
  const { codec, input, others, sameLines } = contest;
  if (sameLines && linesOf(own) !== linesOf(sameLines)) {
    throw new Error(
      `${own.name} and ${sameLines.name} do not tell the same of ${input}: ${own.command.join(' ')}`,
    );
  }
  const [ours, ...measured] = await race([own, ...others], folder);
  return { codec, input, ours: ours!, others: measured };
}

/** In any order: hivexregedit sorts the values of a key. */
function linesOf(program: Program): string {
  return outputOf(program).trimEnd().split('\n').sort().join('\n');
}

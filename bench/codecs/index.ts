import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CodecFigures, codecTable, growthSentence, ratioOf } from './codec-report';
import { type Contest, contests } from './contests';
import { type HiveGrowth, hiveGrowth } from './hive-growth';
import { Inputs } from './inputs';
import { outputOf, type Program, race } from './measure';
import { ourCommand } from './our-command';

interface CodecBench {
  readonly codecs: readonly CodecFigures[];
  readonly hiveGrowth: readonly HiveGrowth[];
}

/** Races each codec's listing against the programs that tell the same. Prints the table to the standard output. */
export async function codecBench(say: (line: string) => void): Promise<CodecBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rescue-lab-bench-'));
  try {
    say('preparing the inputs of the codecs');
    const command = await ourCommand(folder);
    const inputs = new Inputs(folder);
    const codecs: CodecFigures[] = [];
    for (const contest of contests(inputs)) {
      say(`${contest.codec}: ${contest.input}`);
      codecs.push(await figuresOf(contest, command(contest.words), folder));
    }
    const growth = [
      await hiveGrowth(inputs, (file) => command(['hive', file]), folder),
      await hiveGrowth(inputs, (file) => ({ name: 'hivexml', command: ['hivexml', file] }), folder),
    ];
    process.stdout.write(`${codecTable(codecs)}\n${growth.map(growthSentence).join('\n')}\n`);
    for (const { codec, input, ours, others } of codecs) {
      const behind = others.filter((other) => ours.every((own) => ratioOf(own, other) > 1));
      if (behind.length > 0)
        say(`behind on ${codec}, ${input}: ${behind.map(({ name }) => name).join(', ')}`);
    }
    return { codecs, hiveGrowth: growth };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function figuresOf(contest: Contest, ours: Program, folder: string): Promise<CodecFigures> {
  const { codec, input, others, sameLines } = contest;
  if (sameLines && linesOf(ours) !== linesOf(sameLines)) {
    throw new Error(
      `${ours.name} and ${sameLines.name} do not tell the same of ${input}: ${ours.command.join(' ')}`,
    );
  }
  const [own, ...measured] = await race([ours, ...others], folder);
  if (!own) throw new Error('A race without a runner.');
  return { codec, input, ours: [own], others: measured };
}

/** In any order: hivexregedit sorts the values of a key. */
function linesOf(program: Program): string {
  return outputOf(program).trimEnd().split('\n').sort().join('\n');
}

/**
 * `npm run bench`: the figures of the README, as tables on the terminal and as JSON in reports/. `npm run bench -- codecs`
 * measures the codecs only, `npm run bench -- provider` the ovh API, `npm run bench -- machines` the virtual machines,
 * `npm run bench -- replies` how fast the console tools in them answer.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import prettyBytes from 'pretty-bytes';
import prettyMs from 'pretty-ms';
import { cacheDirectory } from '../images';
import { qemuVersion } from '../simulators/vm';
import { codecBench } from './codecs';
import { journey } from './journey';
import { median } from './median';
import { providerBench } from './provider';
import { replyBench } from './replies';
import { type RescueBoot, rescueBoot } from './rescue-boot';

/** Forks that are measured; the figures are their medians. */
const FORKS = 5;
/** What the fork has to be faster than the boot of the same guest in the same run. */
const AIM = 30;

const PARTS = ['codecs', 'provider', 'machines', 'replies'];

async function main([part]: readonly string[]): Promise<void> {
  const parts = part === undefined ? PARTS : PARTS.filter((one) => one === part);
  if (parts.length === 0) {
    throw new Error(`"${part}" is no part of the benchmark: give ${PARTS.join(', ')} or nothing for all.`);
  }
  if (parts.includes('codecs')) await writeReport('bench-codecs.json', await codecBench(say));
  if (parts.includes('provider')) await writeReport('bench-provider.json', await providerBench(say));
  if (parts.includes('machines')) await withFolder(benchMachines);
  if (parts.includes('replies')) await withFolder(benchReplies);
}

/** Gives the work a folder of its own for saved boots. */
async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = path.join(cacheDirectory(), `bench-${process.pid}`);
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchReplies(folder: string): Promise<void> {
  const figures = await replyBench(folder, say);
  await writeReport('bench-replies.json', figures);
  if (!figures.aimKept) process.exitCode = 1;
}

async function benchMachines(folder: string): Promise<void> {
  say('walking into Windows rescue, from power-on');
  const walk = await rescueBoot(folder);
  const forks: RescueBoot[] = [];
  for (let index = 1; index <= FORKS; index++) {
    say(`fork ${index} of ${FORKS}`);
    forks.push(await rescueBoot(folder));
  }
  say('the main journey, each boot walked');
  const cold = await journey(true);
  say('the main journey, from saved boots');
  let warm = await journey(false);
  if (!warm.forked) warm = await journey(false);
  await report(walk, forks, cold.seconds, warm.seconds);
}

async function report(
  walk: RescueBoot,
  forks: readonly RescueBoot[],
  cold: number,
  warm: number,
): Promise<void> {
  const forkReply = median(forks.map((fork) => fork.firstReply));
  const figures = {
    machine: {
      cpus: cpus().length,
      model: cpus()[0]?.model ?? '',
      memory: totalmem(),
      qemu: await qemuVersion(),
    },
    coldBootMs: walk.firstReply,
    waypointSaveMs: walk.save,
    forkToFirstReplyMs: forkReply,
    forkToSshCommandMs: median(forks.map((fork) => fork.command)),
    forkPrivateMemoryBytes: median(forks.map((fork) => fork.privateMemory)),
    ratio: walk.firstReply / forkReply,
    journeyColdSeconds: cold,
    journeyWarmSeconds: warm,
    forks,
  };
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    ['cold boot of Windows rescue, power-on to the first reply', prettyMs(figures.coldBootMs)],
    ['saving it as a waypoint', prettyMs(figures.waypointSaveMs ?? Number.NaN)],
    ['fork to the first reply', `${Math.round(forkReply)}ms`],
    ['  times faster than the boot', `${Math.round(figures.ratio)} (aim: ${AIM})`],
    ['fork to a finished SSH command', prettyMs(figures.forkToSshCommandMs)],
    ['private memory of a fork', prettyBytes(figures.forkPrivateMemoryBytes, { binary: true })],
    ['main journey, each boot walked', prettyMs(cold * 1000)],
    ['main journey, from saved boots', prettyMs(warm * 1000)],
  );
  process.stdout.write(`${table.toString()}\n`);
  await writeReport('bench.json', figures);
  if (forks.some(({ way }) => way !== 'forked') || figures.ratio < AIM) {
    say(`The aim is missed: a fork has to answer ${AIM} times faster than a boot.`);
    process.exitCode = 1;
  }
}

async function writeReport(name: string, figures: object): Promise<void> {
  const file = path.resolve('reports', name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(figures, undefined, 2)}\n`);
  say(`written to ${path.relative('.', file)}`);
}

function say(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});

import Table from 'cli-table3';
import type { ConsoleReplies } from './console-replies';
import { type InstalledReplies, installedReplies } from './installed-replies';
import { median } from './median';
import { rescueBoot } from './rescue-boot';

/** From Enter to the prompt (ms), the machine being emulated and not nested. */
const AIM = 300;

export interface ReplyFigures {
  readonly installed: InstalledReplies;
  /** The rescue system, a machine in a machine. */
  readonly nested: ConsoleReplies;
  /** The first reply of a session, and the median of all, keep within the aim in the installed system at both doors. */
  readonly aimKept: boolean;
}

/** How fast the console tools answer. @param folder where the saved boot of the rescue system is kept */
export async function replyBench(folder: string, say: (line: string) => void): Promise<ReplyFigures> {
  say('console tools of an installed system');
  const installed = await installedReplies();
  say('console tools of the rescue system, in the nested machine');
  const { replies: nested = {} } = await rescueBoot(folder, true);
  const table = new Table({ head: ['Enter to prompt', 'first', 'median'], style: { head: [], border: [] } });
  const machines = {
    'installed, SSH': installed.ssh,
    'installed, at the console': installed.screen,
    'nested, SSH': nested,
  };
  for (const [machine, replies] of Object.entries(machines)) {
    for (const [command, times] of Object.entries(replies))
      table.push([`${machine}: ${command}`, milliseconds(times[0]), milliseconds(median(times))]);
  }
  process.stdout.write(`${table.toString()}\n`);
  // The command that the aim is about is the first.
  const kept = (replies: ConsoleReplies): boolean => {
    const times = Object.values(replies)[0] ?? [];
    return Math.max(times[0] ?? Number.POSITIVE_INFINITY, median(times)) < AIM;
  };
  const aimKept = kept(installed.ssh) && kept(installed.screen);
  if (!aimKept) say(`The aim is missed: bcdedit has to answer within ${AIM} ms.`);
  return { installed, nested, aimKept };
}

const milliseconds = (time: number | undefined): string => `${Math.round(time ?? Number.NaN)}ms`;

import { Command, Option } from 'commander';
import { Lab, wordsFor } from '../../simulators/lab';
import { ExitCode } from '../setup/exit-codes.mjs';
import { printAddresses } from './print-addresses';

interface UpOptions {
  readonly json?: boolean;
  readonly family?: readonly ('ovh' | 'nova')[];
  readonly cold?: boolean;
}

/** `rescue-lab up`: a live lab until Ctrl-C. */
export function upCommand(): Command {
  return new Command('up')
    .description(
      'Start a live lab and keep it until Ctrl-C: prints addresses and credentials of API, panel, mailbox and servers.',
    )
    .option('--json', 'print one JSON object on one line on standard output, once all is ready')
    .addOption(new Option('--family <name...>', 'start only these providers').choices(['ovh', 'nova']))
    .option('--cold', 'boot everything from power-on, without saved states')
    .action(up);
}

/** Standard output carries the addresses only; what happens goes to standard error. */
async function up({ json, family, cold }: UpOptions): Promise<void> {
  const stopped = untilStopped();
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const starting = Lab.start({
    ...(family && { families: family }),
    waypoints: cold !== true,
    progress: say,
    // HTTP exchanges are evidence, not news.
    onEvent: (event) => event.kind !== 'exchange' && say(wordsFor(event)),
  });
  const first = await Promise.race([starting, stopped]);
  if (first instanceof Lab) {
    const addresses = first.addresses();
    process.stdout.write(json ? `${JSON.stringify(addresses)}\n` : printAddresses(addresses));
    await stopped;
    say('Taking the lab down.');
    await first[Symbol.asyncDispose]();
  }
  // Stopped while starting: the session's watcher ends with this process whatever had begun.
  process.exit(ExitCode.ok);
}

/** Resolves on the first Ctrl-C, SIGTERM or SIGHUP. */
function untilStopped(): Promise<'stopped'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => resolve('stopped'));
  });
}

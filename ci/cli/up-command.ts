import { Command, Option } from 'commander';
import { Lab, wordsFor } from '../../simulators/lab';
import { onStopSignal } from '../features';
import { ExitCode } from '../setup/exit-codes.mjs';
import { printAddresses } from './print-addresses';

interface UpOptions {
  readonly json?: boolean;
  readonly family?: readonly ('ovh' | 'nova')[];
  readonly off?: boolean;
  readonly cold?: boolean;
}

/** `rescue-lab up`: a live lab until Ctrl-C. */
export function upCommand(): Command {
  return new Command('up')
    .description(
      'Start a live lab and keep it until Ctrl-C: prints addresses and credentials of API, panel, mailbox and servers. The dedicated server stands at its boot failure screen, the cloud server runs.',
    )
    .option('--json', 'print one JSON object on one line on standard output, once all is ready')
    .addOption(new Option('--family <name...>', 'start only these providers').choices(['ovh', 'nova']))
    .option('--off', 'leave the servers switched off: ready in seconds')
    .option('--cold', 'boot everything from power-on, without saved states')
    .addHelpText(
      'after',
      '\nWhat happens goes to standard error. Ctrl-C, SIGTERM and SIGHUP take everything down: once the lab is ready that\nis the good end and exits 0; before, 130 or 143.',
    )
    .action(up);
}

/** Standard output carries the addresses only; what happens goes to standard error. */
async function up({ json, family, off, cold }: UpOptions): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  let lab: Lab | undefined;
  let ready = false;
  let stopping = false;
  onStopSignal(async (signal) => {
    stopping = true;
    say(`${signal}: taking the lab down.`);
    // Stopped while starting: the session's watcher ends with this process whatever had begun.
    await lab?.[Symbol.asyncDispose]();
    return ready ? ExitCode.ok : undefined;
  });
  try {
    lab = await Lab.start({
      ...(family && { families: family }),
      waypoints: cold !== true,
      progress: say,
      // HTTP exchanges are evidence, not news; and what goes down with the lab is none.
      onEvent: (event) => event.kind !== 'exchange' && !stopping && say(wordsFor(event)),
    });
    if (!off) await lab.switchOn(say);
    if (stopping) return;
    ready = true;
    const addresses = lab.addresses();
    process.stdout.write(json ? `${JSON.stringify(addresses)}\n` : printAddresses(addresses));
  } catch (error) {
    // What breaks because everything is being taken down is not worth a word: the signal ends the process.
    if (stopping) return;
    await lab?.[Symbol.asyncDispose]();
    throw error;
  }
}

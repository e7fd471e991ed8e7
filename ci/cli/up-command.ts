import { Command } from 'commander';
import { Lab, type LabOptions, wordsFor } from '../../simulators/lab';
import { onStopSignal } from '../features';
import { ExitCode } from '../setup/exit-codes.mjs';
import { printAddresses } from './print-addresses';
import { type UpOptions, upOptions } from './up-options';
import { upProviders } from './up-providers';

/** `rescue-lab up`: a live lab until Ctrl-C. */
export function upCommand(): Command {
  return upOptions(new Command('up')).action((options: UpOptions, command: Command) => {
    if (!options.machines) return upProviders(options);
    const { family } = options;
    if (family?.includes('rackspace')) {
      command.error("The cloud in Rackspace's dialect has no machines: add --no-machines.", {
        exitCode: ExitCode.usage,
      });
    }
    return up(
      options,
      family?.filter((name) => name !== 'rackspace'),
    );
  });
}

/** Standard output carries the addresses only; what happens goes to standard error. */
async function up(
  { json, off, cold, fault: faults }: UpOptions,
  families: LabOptions['families'],
): Promise<void> {
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
      ...(families && { families }),
      waypoints: cold !== true,
      faults,
      tls: true,
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

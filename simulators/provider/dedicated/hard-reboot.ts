import type { Clock } from '../clock';
import type { Faults } from '../faults';
import type { Boots } from './boots';
import type { CurrentBoot } from './current-boot';
import { chosenBoot, type DedicatedServer } from './server';
import { TaskFailure } from './task';
import { type WindowsRescueRule, windowsRescueObstacle } from './windows-rescue-rule';

export interface HardRebootOptions {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly boots: Boots;
  /** Milliseconds of lab time after which a rescue boot has failed. */
  readonly deadline: number;
  readonly windowsRescue: WindowsRescueRule;
  readonly onFailedBoot: () => void;
  /** The power was cycled. */
  readonly onReset: () => void;
}

/**
 * The work of a `hardReboot` task: cycles the power and, when the server boots a rescue system, waits until its login
 * works. The task is done all the same where the firmware never asked for the netboot: nobody tells the provider.
 */
export async function hardReboot(
  server: DedicatedServer,
  signal: AbortSignal,
  options: HardRebootOptions,
): Promise<void> {
  const { faults, boots, windowsRescue } = options;
  const obstacle = windowsRescueObstacle(windowsRescue, server, chosenBoot(server));
  if (windowsRescue.refusal === 'reboot' && obstacle !== undefined) {
    throw new TaskFailure('customerError', obstacle);
  }
  if (faults.happens('reboot-without-effect', { server: server.name })) {
    return;
  }
  if (faults.happens('disk-gone', { server: server.name })) {
    server.hardware.loseDisk(0);
  }
  boots.begin(server);
  await server.hardware.hardReset();
  options.onReset();
  await rescueReady(server, signal, options);
}

async function rescueReady(
  server: DedicatedServer,
  signal: AbortSignal,
  { clock, deadline, onFailedBoot }: HardRebootOptions,
): Promise<void> {
  const finished = new AbortController();
  const overdue = clock
    .waitUntil(clock.now() + deadline, { signal: AbortSignal.any([signal, finished.signal]) })
    .then(() => 'overdue' as const);
  // Ended below on purpose; its rejection is heard by the race, or not at all.
  overdue.catch(() => {});
  try {
    for (let boot: CurrentBoot | undefined = server.boot; boot?.session !== undefined; boot = server.boot) {
      const outcome = await Promise.race([boot.outcome, overdue]);
      if (outcome === 'ready') {
        return;
      }
      if (outcome === 'overdue') {
        onFailedBoot();
        throw new TaskFailure('ovhError', `${boot.entry.kernel} did not start on ${server.name}`);
      }
    }
  } finally {
    finished.abort();
  }
}

import type { Clock } from '../clock';
import type { Boots } from './boots';
import type { CurrentBoot } from './current-boot';
import { chosenBoot, type DedicatedServer } from './server';
import { TaskFailure } from './tasks';
import { type WindowsRescueRule, windowsRescueObstacle } from './windows-rescue-rule';

/**
 * The work of a `hardReboot` task: cycles the power and, when the server boots a rescue system, waits until its
 * login works. `deadline`: milliseconds of lab time after which a rescue boot has failed.
 */
export async function hardReboot(
  server: DedicatedServer,
  signal: AbortSignal,
  options: {
    readonly clock: Clock;
    readonly boots: Boots;
    readonly deadline: number;
    readonly windowsRescue: WindowsRescueRule;
    readonly onFailedBoot: () => void;
  },
): Promise<void> {
  const { clock, boots, windowsRescue } = options;
  const obstacle = windowsRescueObstacle(windowsRescue, server, chosenBoot(server));
  if (windowsRescue.refusal === 'reboot' && obstacle !== undefined) {
    throw new TaskFailure('customerError', obstacle);
  }
  boots.begin(server);
  await server.hardware.hardReset();
  const finished = new AbortController();
  const overdue = clock
    .waitUntil(clock.now() + options.deadline, { signal: AbortSignal.any([signal, finished.signal]) })
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
        options.onFailedBoot();
        throw new TaskFailure('ovhError', `${boot.entry.kernel} did not start on ${server.name}`);
      }
    }
  } finally {
    finished.abort();
  }
}

import type { Clock } from '../../clock';
import type { Compute } from './compute';
import { unrescue } from './rescue';

/** Nova's periodic tasks run once a minute by default. */
const POLL_MILLISECONDS = 60_000;

/**
 * Once a minute of lab time takes servers out of rescue that have been in it for more than `rescueTimeout`
 * seconds; 0 switches this off, as in Nova. It acts as an administrator, so a lock does not stop it. A server
 * with a task under way ends the round, as it does in nova/compute/manager.py `_poll_rescued_instances`: the
 * rest waits for the next one.
 */
export function pollRescued(compute: Compute, rescueTimeout: number): Disposable {
  let timer: Disposable | undefined;
  const poll = () => {
    timer = compute.clock.after(POLL_MILLISECONDS, poll);
    for (const instance of overdue(compute, compute.clock, rescueTimeout)) {
      if (instance.taskState !== null) {
        return;
      }
      const requestId = `req-${compute.random.uuid()}`;
      unrescue(compute, instance, { requestId, userId: null, projectId: null, isAdmin: true });
    }
  };
  if (rescueTimeout > 0) {
    timer = compute.clock.after(POLL_MILLISECONDS, poll);
  }
  return { [Symbol.dispose]: () => timer?.[Symbol.dispose]() };
}

function overdue({ instances }: Compute, clock: Clock, rescueTimeout: number) {
  return instances
    .list()
    .filter(
      ({ vmState, launchedAt }) =>
        vmState === 'rescued' && launchedAt !== null && clock.now() - launchedAt > rescueTimeout * 1000,
    );
}

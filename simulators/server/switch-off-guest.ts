import type { Clock } from '../provider';
import type { RunningMachine } from '../vm';

/** Nova's `shutdown_retry_interval`: a guest that was still starting has not heard the first time (ms). */
const RETRY = 10_000;
/** The longest time that a timer can hold (ms). */
const NO_DEADLINE = 2 ** 31 - 1;

/**
 * Presses the machine's power button, again and again, until the guest has switched itself off or `seconds` of lab time
 * have passed; what is to be done then is the caller's affair. Source: nova/virt/libvirt/driver.py `_clean_shutdown`.
 * @param onPress called after each press, when the wait has begun
 */
export async function switchOffGuest(
  machine: Pick<RunningMachine, 'powerdown' | 'waitForExit'>,
  clock: Clock,
  seconds: number,
  onPress: () => void,
): Promise<void> {
  const isOff = new AbortController();
  const off = machine.waitForExit({ deadline: NO_DEADLINE }).then(() => isOff.abort());
  const end = clock.now() + seconds * 1000;
  const press = async (): Promise<void> => {
    while (clock.now() < end && !isOff.signal.aborted) {
      await machine.powerdown();
      const heard = clock.waitUntil(Math.min(clock.now() + RETRY, end), { signal: isOff.signal });
      onPress();
      await heard;
    }
  };
  // A machine that ends while its button is pressed breaks the connection or the wait.
  const pressing = press().catch((error: unknown) =>
    isOff.signal.aborted ? undefined : lastWord(off, error),
  );
  await Promise.race([off, pressing]);
}

/** QEMU's connection breaks a moment before its end is seen. */
async function lastWord(off: Promise<void>, error: unknown): Promise<void> {
  const seen = await Promise.race([
    off.then(() => true),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), 2000).unref()),
  ]);
  if (!seen) throw error;
}

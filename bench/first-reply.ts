import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Between a connection that the guest did not answer and the next one (ms). */
const again = 10;

/**
 * Waits until the guest's SSH server says its first bytes. QEMU accepts for the guest and closes where nobody listens
 * there, so that only bytes count.
 * @returns performance.now() at the first byte
 */
export async function firstReply(host: string, port: number, signal: AbortSignal): Promise<number> {
  for (;;) {
    signal.throwIfAborted();
    const at = await tryOnce(host, port, signal);
    if (at !== undefined) return at;
    await pause(again, undefined, { signal });
  }
}

async function tryOnce(host: string, port: number, signal: AbortSignal): Promise<number | undefined> {
  const socket = connect({ host, port });
  try {
    const closed = once(socket, 'close', { signal }).then(() => undefined);
    socket.on('error', () => undefined);
    const first = once(socket, 'data', { signal }).then(() => performance.now());
    first.catch(() => undefined);
    return await Promise.race([first, closed]);
  } finally {
    socket.destroy();
  }
}

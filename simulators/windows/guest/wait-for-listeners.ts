import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 50;
/** `local address:port remote address:port state`, all in hexadecimal; 0A is TCP_LISTEN (Linux, proc(5), net/tcp_states.h). */
const listener = /: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:0000 0A /g;

/**
 * Resolves when somebody listens on each of these TCP ports. (Asked again and again, as Linux tells nobody; a question
 * costs less than a connection.) @throws when aborted
 */
export async function waitForListeners(
  ports: readonly number[],
  signal: AbortSignal,
  tables: readonly string[] = ['/proc/net/tcp', '/proc/net/tcp6'],
): Promise<void> {
  for (;;) {
    const texts = await Promise.all(tables.map((table) => readFile(table, 'latin1').catch(() => '')));
    const open = new Set(
      [...texts.join('\n').matchAll(listener)].map(([, port]) => Number.parseInt(port!, 16)),
    );
    if (ports.every((port) => open.has(port))) return;
    await delay(pollMs, undefined, { signal });
  }
}

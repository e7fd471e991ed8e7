import net from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createWebSocketStream, type WebSocket } from 'ws';

/** WebSocket close code for "something unexpected on the server's side" (RFC 6455, section 7.4.1). */
const UNEXPECTED = 1011;

/** Carries bytes between a browser's WebSocket and the RFB port at `target` (`host:port`), until either side ends. */
export async function bridge(socket: WebSocket, target: string): Promise<void> {
  const separator = target.lastIndexOf(':');
  const host = target.slice(0, separator).replace(/^\[(.*)\]$/, '$1');
  const console = net.connect({ host, port: Number(target.slice(separator + 1)), noDelay: true });
  try {
    await new Promise<void>((resolve, reject) => {
      console.once('connect', resolve);
      console.once('error', reject);
      socket.once('close', () => reject(new Error('the browser went away')));
    });
  } catch {
    console.destroy();
    socket.close(UNEXPECTED, `The console at ${target} does not answer.`);
    return;
  }
  const browser = createWebSocketStream(socket);
  try {
    await pipeline(browser, console, browser);
  } catch {
    // One side went away in the middle of something: that is how a console ends.
  } finally {
    console.destroy();
    socket.close();
  }
}

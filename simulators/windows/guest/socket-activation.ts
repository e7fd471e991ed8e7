import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { PortServer } from './system-servers';

export interface SocketActivation {
  /** The server behind the port. It listens on the loopback address only. */
  readonly server: PortServer;
  /** The loopback ports that the server behind may have: the first that is not the customers' port. */
  readonly ports: readonly [number, number];
  readonly log: (sentence: string) => void;
}

/**
 * A server whose port is open at once, and whose program starts with the first connection: this process listens, and
 * passes on what comes. A connection waits until the program listens too; where it cannot, the connection ends and the
 * next one tries again.
 */
export class SocketActivatedServer implements PortServer {
  #port: number | undefined;
  #listener: Server | undefined;
  readonly #connections = new Set<Socket>();
  #starting: Promise<void> | undefined;

  constructor(private readonly parts: SocketActivation) {}

  /**
   * Opens the port, or ends port, connections and program; resolves when that is done.
   * @throws when the port is another program's
   */
  async listen(port: number | undefined, signal: AbortSignal): Promise<void> {
    if (port === this.#port) return;
    await this.#stop(signal);
    if (port === undefined) return;
    const listener = createServer((customer) => void this.#serve(customer, port, signal));
    listener.listen(port);
    await once(listener, 'listening', { signal });
    this.#listener = listener;
    this.#port = port;
  }

  /** The port of the program, which is asked for each time: it may have ended since. */
  async #programBehind(port: number, signal: AbortSignal): Promise<number> {
    const behind = this.parts.ports.find((candidate) => candidate !== port)!;
    this.#starting ??= this.parts.server.listen(behind, signal).finally(() => {
      this.#starting = undefined;
    });
    await this.#starting;
    return behind;
  }

  async #serve(customer: Socket, port: number, signal: AbortSignal): Promise<void> {
    this.#connections.add(customer);
    customer.once('close', () => this.#connections.delete(customer));
    // Heard while the program starts as well: whoever hangs up before is no error of ours.
    customer.on('error', () => undefined);
    try {
      const behind = await this.#programBehind(port, signal);
      const program = connect(behind, '127.0.0.1');
      await Promise.allSettled([pipeline(customer, program), pipeline(program, customer)]);
    } catch (error) {
      this.parts.log(error instanceof Error ? error.message : String(error));
    } finally {
      customer.destroy();
    }
  }

  async #stop(signal: AbortSignal): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    this.#port = undefined;
    if (listener === undefined) return;
    const closed = once(listener, 'close');
    listener.close();
    for (const connection of this.#connections) connection.destroy();
    await closed;
    await this.#starting?.catch(() => undefined);
    await this.parts.server.listen(undefined, signal);
  }
}

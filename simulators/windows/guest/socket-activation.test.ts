import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { SocketActivatedServer } from './socket-activation';

const signal = AbortSignal.timeout(10_000);

/** A program that answers each connection with what it is sent, in capitals. */
class Shouting {
  readonly started: number[] = [];
  failure: Error | undefined;
  #listener: Server | undefined;

  async listen(port: number | undefined): Promise<void> {
    if (this.failure) throw this.failure;
    if (port === undefined) {
      this.#listener?.close();
      this.#listener = undefined;
      return;
    }
    if (this.#listener) return;
    this.started.push(port);
    this.#listener = createServer((peer) =>
      peer.on('data', (bytes) => peer.end(String(bytes).toUpperCase())),
    );
    this.#listener.listen(port, '127.0.0.1');
    await once(this.#listener, 'listening');
  }
}

/** Ports that nobody has at the moment. */
async function freePorts(count: number): Promise<number[]> {
  const holders = Array.from({ length: count }, () => createServer().listen(0));
  await Promise.all(holders.map((holder) => once(holder, 'listening')));
  const ports = holders.map((holder) => (holder.address() as { port: number }).port);
  await Promise.all(
    holders.map((holder) => new Promise<void>((resolve) => void holder.close(() => resolve()))),
  );
  return ports;
}

async function ask(port: number, question: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(question);
  return text(socket);
}

describe('a server that starts with its first connection', () => {
  const program = new Shouting();
  const messages: string[] = [];
  let server: SocketActivatedServer | undefined;
  afterEach(async () => {
    program.failure = undefined;
    await server?.listen(undefined, signal);
    program.started.length = 0;
    messages.length = 0;
  });

  async function open() {
    const [port, ...ports] = (await freePorts(3)) as [number, number, number];
    const log = (sentence: string) => void messages.push(sentence);
    server = new SocketActivatedServer({ server: program, ports, log });
    await server.listen(port, signal);
    return { server, port, behind: ports[0] };
  }

  it('is connected at once, and starts its program once for everybody', async () => {
    const { port, behind } = await open();
    expect(program.started).toEqual([]);
    expect(await Promise.all([ask(port, 'who?'), ask(port, 'me')])).toEqual(['WHO?', 'ME']);
    expect(program.started).toEqual([behind]);
    expect(messages).toEqual([]);
  });

  it('takes another port behind where customers have the first', async () => {
    const [port, other] = (await freePorts(2)) as [number, number];
    server = new SocketActivatedServer({
      server: program,
      ports: [port, other],
      log: () => {},
    });
    await server.listen(port, signal);
    expect(await ask(port, 'who?')).toBe('WHO?');
    expect(program.started).toEqual([other]);
  });

  it('ends the connection of a program that cannot start, says why, and tries again with the next', async () => {
    const { port } = await open();
    program.failure = new Error('no display');
    expect(await ask(port, 'who?')).toBe('');
    expect(messages).toEqual(['no display']);
    program.failure = undefined;
    expect(await ask(port, 'who?')).toBe('WHO?');
  });

  it('ends port, connections and program when it is stopped', async () => {
    const { server: stopped, port, behind } = await open();
    const customer = connect(port, '127.0.0.1');
    const other = connect(port, '127.0.0.1');
    other.write('started');
    await text(other);
    const ended = once(customer, 'close');
    await stopped.listen(undefined, signal);
    await ended;
    for (const closed of [port, behind]) await expect(ask(closed, 'who?')).rejects.toThrow('ECONNREFUSED');
  });

  it('refuses a port that another program has', async () => {
    const holder = createServer().listen(0);
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const second = new SocketActivatedServer({
      server: program,
      ports: [1, 2],
      log: () => {},
    });
    await expect(second.listen(port, signal)).rejects.toThrow('EADDRINUSE');
    await new Promise<void>((resolve) => void holder.close(() => resolve()));
  });
});

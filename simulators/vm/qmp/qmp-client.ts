import { EventEmitter, on } from 'node:events';
import type { Duplex } from 'node:stream';
import { deferred } from '../deferred';
import { withDeadline } from '../with-deadline';
import { QmpFraming } from './qmp-framing';
import type { QmpCommands, QmpEvent, QmpMessage } from './qmp-types';

type CommandParameters<C extends keyof QmpCommands> = QmpCommands[C]['arguments'] extends undefined
  ? []
  : [QmpCommands[C]['arguments']];

interface Pending {
  readonly command: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface QmpClientOptions {
  /** Sees every message of both directions, for the evidence. */
  readonly onMessage?: (direction: 'sent' | 'received', message: object) => void;
  /** Turns a sentence into the error to throw; the machine adds what it knows. */
  readonly explain?: (sentence: string, cause?: unknown) => Promise<Error>;
}

export interface EventWait {
  /** Milliseconds to wait at most. */
  readonly deadline: number;
  /** What the event means here, for the error: "the guest to power off". */
  readonly what?: string;
  readonly where?: (event: QmpEvent) => boolean;
}

/** A connection to QEMU's machine protocol: commands answered one by one, events as they come. */
export class QmpClient {
  readonly #stream: Duplex;
  readonly #options: QmpClientOptions;
  readonly #framing = new QmpFraming();
  readonly #pending = new Map<number, Pending>();
  readonly #emitter = new EventEmitter<{ event: [QmpEvent]; closed: [Error] }>();
  #nextId = 1;
  #closed: Error | undefined;

  private constructor(stream: Duplex, options: QmpClientOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#emitter.setMaxListeners(0);
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('error', (cause) => this.#close(new Error('The QMP connection broke.', { cause })));
    stream.on('close', () => this.#close(new Error('QEMU closed the QMP connection.')));
  }

  /** Waits for QEMU's greeting and leaves the negotiation mode. */
  static async connect(
    stream: Duplex,
    options: QmpClientOptions & { readonly deadline: number },
  ): Promise<QmpClient> {
    const greeting = deferred<void>();
    const client = new QmpClient(stream, {
      ...options,
      onMessage: (direction, message) => {
        if ('QMP' in message) greeting.resolve();
        options.onMessage?.(direction, message);
      },
    });
    const gone = (cause: Error) =>
      client
        .#explain('QEMU ended before it could be talked to.', cause)
        .then(greeting.reject, greeting.reject);
    client.#emitter.once('closed', gone);
    await withDeadline(greeting.promise, options.deadline, (waited) =>
      client.#explain(`QEMU did not greet on its QMP socket within ${waited}.`),
    );
    await client.execute('qmp_capabilities');
    return client;
  }

  /** False once QEMU has closed the connection. */
  get open(): boolean {
    return this.#closed === undefined;
  }

  /** Sends a command and gives back its answer; an error of QEMU becomes an exception that quotes it. */
  async execute<C extends keyof QmpCommands>(
    command: C,
    ...parameters: CommandParameters<C>
  ): Promise<QmpCommands[C]['returns']> {
    try {
      return await this.executePlainly(command, ...parameters);
    } catch (error) {
      const { message, cause } = error as Error;
      throw await this.#explain(message, cause);
    }
  }

  /** As `execute`, with plain errors: for those who are making an explanation themselves. */
  async executePlainly<C extends keyof QmpCommands>(
    command: C,
    ...[parameters]: CommandParameters<C>
  ): Promise<QmpCommands[C]['returns']> {
    if (this.#closed)
      throw new Error(`QEMU was gone before ${command} could be sent.`, { cause: this.#closed });
    const id = this.#nextId++;
    const { promise, resolve, reject } = deferred<unknown>();
    this.#pending.set(id, { command, resolve, reject });
    const message = { execute: command, ...(parameters && { arguments: parameters }), id };
    this.#options.onMessage?.('sent', message);
    this.#stream.write(`${JSON.stringify(message)}\n`);
    return (await promise) as QmpCommands[C]['returns'];
  }

  /**
   * The next event of this name, counted from the call: ask before sending the command that causes it.
   * The promise may be awaited later; a rejection in between is not reported as unhandled.
   */
  once(name: string, { deadline, what = `the event ${name}`, where }: EventWait): Promise<QmpEvent> {
    const { promise, resolve, reject } = deferred<QmpEvent>();
    const listen = (event: QmpEvent) => {
      if (event.event === name && (where?.(event) ?? true)) resolve(event);
    };
    const closed = (cause: Error) => {
      this.#explain(`The connection ended while waiting for ${what}.`, cause).then(reject, reject);
    };
    this.#emitter.on('event', listen);
    if (this.#closed) closed(this.#closed);
    else this.#emitter.once('closed', closed);
    const seen: string[] = [];
    const note = (event: QmpEvent) => seen.push(event.event);
    this.#emitter.on('event', note);
    const result = withDeadline(promise, deadline, (waited) =>
      this.#explain(
        `Waited ${waited} for ${what}; ${seen.length === 0 ? 'QEMU sent no event' : `QEMU sent ${seen.join(', ')}`} in that time.`,
      ),
    ).finally(() => {
      this.#emitter.off('event', listen);
      this.#emitter.off('event', note);
      this.#emitter.off('closed', closed);
    });
    result.catch(() => {});
    return result;
  }

  /** All events from now on, until the signal aborts or QEMU goes. */
  async *events(signal?: AbortSignal): AsyncGenerator<QmpEvent> {
    const closed = new AbortController();
    const close = () => closed.abort();
    this.#emitter.once('closed', close);
    try {
      const both = AbortSignal.any(signal ? [signal, closed.signal] : [closed.signal]);
      for await (const [event] of on(this.#emitter, 'event', { signal: both })) yield event as QmpEvent;
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    } finally {
      this.#emitter.off('closed', close);
    }
  }

  #receive(chunk: Buffer): void {
    let messages: QmpMessage[];
    try {
      messages = this.#framing.push(chunk);
    } catch (error) {
      this.#stream.destroy(error as Error);
      return;
    }
    for (const message of messages) {
      this.#options.onMessage?.('received', message);
      if ('event' in message) this.#emitter.emit('event', message);
      else if (!('QMP' in message)) this.#answer(message);
    }
  }

  #answer(message: Exclude<QmpMessage, QmpEvent | { QMP: object }>): void {
    const pending = message.id === undefined ? undefined : this.#pending.get(message.id);
    if (!pending || message.id === undefined) return;
    this.#pending.delete(message.id);
    if ('error' in message) {
      const { class: kind, desc } = message.error;
      const detail = kind === 'GenericError' ? desc : `${desc} (${kind})`;
      pending.reject(new Error(`QEMU refused ${pending.command}: ${detail}`));
    } else pending.resolve(message.return);
  }

  #close(error: Error): void {
    if (this.#closed) return;
    this.#closed = error;
    for (const { command, reject } of this.#pending.values()) {
      reject(new Error(`QEMU went away before it answered ${command}.`, { cause: error }));
    }
    this.#pending.clear();
    this.#emitter.emit('closed', error);
  }

  async #explain(sentence: string, cause?: unknown): Promise<Error> {
    return (
      (await this.#options.explain?.(sentence, cause)) ??
      new Error(sentence, cause === undefined ? {} : { cause })
    );
  }
}

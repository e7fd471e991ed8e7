import { setTimeout as pause } from 'node:timers/promises';
import type { PhysicalServer } from './physical-server';

/** Asks a netboot face in-process, as firmware and rescue system ask it over the network. */
export type AskNetboot = (request: Request) => Promise<Response | undefined>;

/** How long the null guest waits before it asks for its session again, as the real one does (204: "ask again"). */
const ASK_AGAIN = 5;

/**
 * Hardware without a machine: power answers at once. Connected to a netboot face it also walks through the boot
 * as firmware and rescue system would (script, session, ready), so that the provider sees the real order of events.
 */
export class NullPhysicalServer implements PhysicalServer {
  readonly console: string | undefined;
  readonly #comesUp: boolean;
  readonly lostDisks = new Set<number>();
  #ask: AskNetboot | undefined;
  #power: 'on' | 'off';
  #booting = new AbortController();
  #inRescue = false;

  /** `comesUp: false`: takes its boot script, and then hangs. `console`: what a KVM access is to show. */
  constructor({
    power = 'on',
    comesUp = true,
    console,
  }: {
    power?: 'on' | 'off';
    comesUp?: boolean;
    console?: string;
  } = {}) {
    this.#power = power;
    this.#comesUp = comesUp;
    this.console = console;
  }

  get power(): 'on' | 'off' {
    return this.#power;
  }

  /** Plugs the network cable in: from the next power-on this server asks `ask` what to boot. */
  connect(ask: AskNetboot): void {
    this.#ask = ask;
  }

  async powerOn(): Promise<void> {
    if (this.#power === 'off') {
      this.#power = 'on';
      this.#boot();
    }
  }

  async powerOff(): Promise<void> {
    this.#booting.abort();
    this.#inRescue = false;
    this.#power = 'off';
  }

  async hardReset(): Promise<void> {
    await this.powerOff();
    await this.powerOn();
  }

  loseDisk(number: number): void {
    this.lostDisks.add(number);
  }

  /** The customer restarts the system that runs in it. The rescue system is a guest of its host: that one goes on. */
  async restartGuest(): Promise<void> {
    if (this.#inRescue) {
      await this.#ask?.(new Request('http://10.0.2.4/session'));
    } else {
      await this.hardReset();
    }
  }

  #boot(): void {
    this.#booting = new AbortController();
    const { signal } = this.#booting;
    this.#walk(signal).catch((error: unknown) => {
      if (!signal.aborted) {
        throw error;
      }
    });
  }

  async #walk(signal: AbortSignal): Promise<void> {
    const ask = this.#ask;
    if (ask === undefined) {
      return;
    }
    const script = await (await ask(new Request('http://10.0.2.4/boot.ipxe')))?.text();
    const kernel = /^kernel (\S+)/m.exec(script ?? '')?.[1];
    if (!this.#comesUp || kernel === undefined) {
      return;
    }
    await (await ask(new Request(kernel)))?.arrayBuffer();
    for (;;) {
      signal.throwIfAborted();
      const session = await ask(new Request('http://10.0.2.4/session'));
      if (session?.status === 200) {
        break;
      }
      await pause(ASK_AGAIN, undefined, { signal });
    }
    signal.throwIfAborted();
    this.#inRescue = true;
    await ask(new Request('http://10.0.2.4/ready', { method: 'POST' }));
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Framebuffer, Keyboard, KeyPress } from '../../linux-devices';
import { connectRfb, type RfbAddress, type RfbClient } from '../../vm/rfb';
import { KeysymTranslator } from './key-to-keysym';
import { PictureCopier } from './picture-copier';

/** Between two attempts to reach a machine that is not there (ms): it may start at any time and nothing tells us. */
const RETRY_INTERVAL = 500;

export interface RelayParts {
  /** The nested machine's RFB server. */
  readonly address: RfbAddress;
  readonly framebuffer: Framebuffer;
  readonly keyboard: Keyboard;
  /** `connected` when the first picture is on the screen, `waiting` when there is no machine to show. */
  readonly onState?: (state: 'connected' | 'waiting') => void;
  /** Milliseconds between two attempts to connect. */
  readonly retryInterval?: number;
}

/**
 * Shows a nested virtual machine on the server's own screen and passes the server's keyboard on to it, as a rescue system
 * does that runs the customer's Windows inside. Goes on through restarts of the nested machine until it is disposed.
 */
export class RescueRelay implements AsyncDisposable {
  readonly #end = new AbortController();
  readonly #copier: PictureCopier;
  readonly #keys = new KeysymTranslator();
  readonly #finished: Promise<void>;
  readonly #stopKeys: () => void;
  #client: RfbClient | undefined;

  constructor(private readonly parts: RelayParts) {
    this.#copier = new PictureCopier(parts.framebuffer);
    this.#stopKeys = parts.keyboard.onKey((press) => this.#forward(press));
    this.#finished = this.#run();
  }

  async #run(): Promise<void> {
    this.#wait();
    while (!this.#end.signal.aborted) {
      try {
        await this.#show(await connectRfb(this.parts.address));
        this.#wait();
      } catch {
        // Not there yet, or gone in the middle of a handshake: the next attempt tells.
      }
      await pause(this.parts.retryInterval ?? RETRY_INTERVAL, undefined, { signal: this.#end.signal }).catch(
        () => {},
      );
    }
  }

  /** Until the connection ends. */
  async #show(client: RfbClient): Promise<void> {
    await using _client = client;
    if (this.#end.signal.aborted) return;
    this.#client = client;
    this.#keys.reset();
    // What came together with the handshake is in the picture already.
    this.#copier.copy(client.framebuffer, []);
    client.on('update', (rectangles) => this.#copier.copy(client.framebuffer, rectangles));
    client.once('update', () => this.parts.onState?.('connected'));
    await new Promise<void>((resolve) => client.once('close', () => resolve()));
    this.#client = undefined;
  }

  #wait(): void {
    this.#copier.clear();
    this.parts.onState?.('waiting');
  }

  #forward(press: KeyPress): void {
    const key = this.#keys.translate(press);
    if (key) this.#client?.key(key.keysym, key.down);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort();
    this.#stopKeys();
    await this.#client?.[Symbol.asyncDispose]();
    await this.#finished;
  }
}

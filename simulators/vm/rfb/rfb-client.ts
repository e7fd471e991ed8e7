import { EventEmitter, once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { ByteReader } from './byte-reader';
import { Framebuffer, type Rectangle } from './framebuffer';
import { handshake } from './handshake';
import { characterKeysym, keysyms, needsShift } from './keysyms';
import { encodings, keyEvent, pointerEvent, setEncodings, setPixelFormat, updateRequest } from './messages';

export interface RfbEvents {
  /** The picture changed in these places; on a change of size, in one rectangle as large as it is now. */
  update: [rectangles: readonly Rectangle[]];
  /** The last event: the server went away, or what it sent made no sense. */
  close: [reason: Error];
}

/** Between two keys (ms), as a quick typist does. */
const typingInterval = 20;
/**
 * A typist looks for so long (ms) what a key does before the next one. RFB has no answer to a key, and QEMU's keyboard holds
 * 16 bytes (hw/input/ps2.c, PS2_QUEUE_SIZE): five keys. What comes while a guest stands still goes nowhere.
 */
const echoPatience = 400;

/**
 * A viewer (RFC 6143) that keeps the server's picture: it asks for the next change as soon as one has
 * arrived. Uses nothing but Node.js itself, so that it also runs inside guests.
 */
export class RfbClient extends EventEmitter<RfbEvents> implements AsyncDisposable {
  readonly name: string;
  readonly #stream: Duplex;
  readonly #reader: ByteReader;
  #framebuffer: Framebuffer;
  #closed: Error | undefined;

  private constructor(stream: Duplex, reader: ByteReader, framebuffer: Framebuffer, name: string) {
    super();
    this.setMaxListeners(0);
    this.#stream = stream;
    this.#reader = reader;
    this.#framebuffer = framebuffer;
    this.name = name;
    this.#follow().catch((cause) => this.#close(cause));
  }

  /** Opens the protocol on a connected stream. */
  static async over(stream: Duplex): Promise<RfbClient> {
    const reader = new ByteReader(stream);
    try {
      const { width, height, name } = await handshake(reader, stream);
      stream.write(setPixelFormat());
      stream.write(setEncodings([encodings.raw, encodings.desktopSize]));
      stream.write(updateRequest(false, width, height));
      return new RfbClient(stream, reader, new Framebuffer(width, height), name);
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  /** The picture as it is now; another object after the server changed its size. */
  get framebuffer(): Framebuffer {
    return this.#framebuffer;
  }

  /** Presses or releases a key by its X keysym. */
  key(keysym: number, down: boolean): void {
    this.#stream.write(keyEvent(keysym, down));
  }

  /** Presses keys together and releases them in reverse. */
  pressKeys(...pressed: readonly number[]): void {
    for (const keysym of pressed) this.key(keysym, true);
    for (const keysym of [...pressed].reverse()) this.key(keysym, false);
  }

  /** Types text as on a US keyboard, looking at the picture after each key; `\n` is Enter. */
  async typeText(
    text: string,
    { patience = echoPatience }: { readonly patience?: number } = {},
  ): Promise<void> {
    for (const character of text) {
      const keysym = characterKeysym(character);
      const seen = this.#nextUpdate(patience);
      if (needsShift(character)) this.pressKeys(keysyms.shift, keysym);
      else this.pressKeys(keysym);
      await Promise.all([seen, pause(typingInterval)]);
    }
  }

  /** Moves the pointer; `buttons` is a bit mask: 1 left, 2 middle, 4 right. */
  pointer(x: number, y: number, buttons = 0): void {
    this.#stream.write(pointerEvent(x, y, buttons));
  }

  click(x: number, y: number, button = 1): void {
    this.pointer(x, y);
    this.pointer(x, y, button);
    this.pointer(x, y);
  }

  /**
   * Waits until the picture satisfies the predicate, looking now and after every change.
   * Fails after `deadline` milliseconds, or when the server goes away.
   */
  waitFor(
    predicate: (framebuffer: Framebuffer) => boolean,
    { deadline, what }: { readonly deadline: number; readonly what: string },
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      let looks = 0;
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.off('update', look).off('close', gone);
        settle();
      };
      const look = () => {
        looks++;
        try {
          if (predicate(this.#framebuffer)) finish(resolve);
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const gone = (cause: Error) =>
        finish(() => reject(new Error(`The screen went away while waiting for ${what}.`, { cause })));
      const timer = setTimeout(() => {
        const { width, height } = this.#framebuffer;
        const seen = `it is ${width}x${height} and changed ${looks - 1} times in between`;
        finish(() => reject(new Error(`Waited ${deadline} ms for the screen to show ${what}; ${seen}.`)));
      }, deadline);
      this.on('update', look).on('close', gone);
      if (this.#closed) gone(this.#closed);
      else look();
    });
  }

  /** Resolves when the picture has changed, or cannot any more, after so many milliseconds in any case. */
  async #nextUpdate(patience: number): Promise<void> {
    const over = new AbortController();
    const { signal } = over;
    await Promise.race([
      once(this, 'update', { signal }).catch(() => undefined),
      once(this, 'close', { signal }).catch(() => undefined),
      pause(patience, undefined, { signal }).catch(() => undefined),
    ]);
    over.abort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stream.destroy();
    this.#close(new Error('The viewer was closed.'));
  }

  async #follow(): Promise<void> {
    for (;;) {
      const [type = -1] = await this.#reader.read(1);
      switch (type) {
        case 0:
          await this.#update();
          break;
        case 1: {
          const header = await this.#reader.read(5);
          await this.#reader.read(header.readUInt16BE(3) * 6);
          break;
        }
        case 2:
          break;
        case 3: {
          const header = await this.#reader.read(7);
          await this.#reader.read(header.readUInt32BE(3));
          break;
        }
        default:
          throw new Error(`The server sent a message of type ${type}, which RFB 3.8 does not have.`);
      }
    }
  }

  async #update(): Promise<void> {
    const count = (await this.#reader.read(3)).readUInt16BE(1);
    const changed: Rectangle[] = [];
    let resized = false;
    for (let index = 0; index < count; index++) {
      const header = await this.#reader.read(12);
      const [x, y, width, height] = [0, 2, 4, 6].map((at) => header.readUInt16BE(at)) as [
        number,
        number,
        number,
        number,
      ];
      const encoding = header.readInt32BE(8);
      if (encoding === encodings.desktopSize) {
        this.#framebuffer = new Framebuffer(width, height);
        changed.splice(0, changed.length, { x: 0, y: 0, width, height });
        resized = true;
      } else if (encoding === encodings.raw) {
        this.#framebuffer.draw({ x, y, width, height }, await this.#reader.read(width * height * 4));
        changed.push({ x, y, width, height });
      } else {
        throw new Error(`The server sent a rectangle in encoding ${encoding}, which was not asked for.`);
      }
    }
    const { width, height } = this.#framebuffer;
    this.#stream.write(updateRequest(!resized, width, height));
    this.emit('update', changed);
  }

  #close(reason: Error): void {
    if (this.#closed) return;
    this.#closed = reason;
    this.#stream.destroy();
    this.emit('close', reason);
  }
}

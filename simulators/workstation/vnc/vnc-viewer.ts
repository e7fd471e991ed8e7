import { connectRfb, keysyms, type Rectangle, type RfbAddress, type RfbClient } from '../../vm/rfb';
import { type Snapshot, snapshotPng, takeSnapshot, wholeOf } from './snapshot';

const PICTURE_DEADLINE = 60_000;

interface Deadline {
  /** Milliseconds. */
  readonly deadline?: number;
}

/** The customer's VNC viewer: what they see and type at a server's console. */
export class VncViewer implements AsyncDisposable {
  private constructor(private readonly client: RfbClient) {}

  static async connect(address: RfbAddress, options: Deadline = {}): Promise<VncViewer> {
    return new VncViewer(await connectRfb(address, options));
  }

  get width(): number {
    return this.client.framebuffer.width;
  }

  get height(): number {
    return this.client.framebuffer.height;
  }

  /** Types text on a US keyboard; `\n` is Enter. */
  type(text: string): Promise<void> {
    return this.client.typeText(text);
  }

  /** Presses keys together, for example `press('control', 'c')`; names as in RFB's keysyms, or single characters. */
  press(...keys: readonly (keyof typeof keysyms | (string & {}))[]): void {
    this.client.pressKeys(...keys.map(keysymOf));
  }

  ctrlAltDel(): void {
    this.press('control', 'alt', 'delete');
  }

  click(x: number, y: number): void {
    this.client.click(x, y);
  }

  /** The screen, or a part of it, as it is now: to compare with what comes. */
  snapshot(area: Rectangle = wholeOf(this.client.framebuffer)): Snapshot {
    return takeSnapshot(this.client.framebuffer, area);
  }

  /** The screen as a PNG file's bytes. */
  screenshot(): Buffer {
    return snapshotPng(this.snapshot());
  }

  /** Waits until the snapshot's part of the screen looks different. Take the snapshot before what shall change it. */
  waitUntilChanged(from: Snapshot, { deadline = PICTURE_DEADLINE }: Deadline = {}): Promise<void> {
    const what = `a change within ${inWords(from.area)}`;
    return this.client.waitFor(() => !this.#equals(from), { deadline, what });
  }

  /** Waits until the snapshot's part of the screen looks as it did then. */
  waitUntilEqual(to: Snapshot, { deadline = PICTURE_DEADLINE }: Deadline = {}): Promise<void> {
    const what = `the known picture within ${inWords(to.area)}`;
    return this.client.waitFor(() => this.#equals(to), { deadline, what });
  }

  #equals({ area, rgba }: Snapshot): boolean {
    return this.snapshot(area).rgba.equals(rgba);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
  }
}

function keysymOf(key: string): number {
  const named = Object.entries(keysyms).find(([name]) => name === key)?.[1];
  if (named !== undefined) return named;
  if ([...key].length !== 1)
    throw new Error(
      `There is no key "${key}". Known names: ${Object.keys(keysyms).join(', ')}, or a single character.`,
    );
  return key.codePointAt(0)!;
}

function inWords({ x, y, width, height }: Rectangle): string {
  return `${width}x${height} at ${x},${y}`;
}

import { setTimeout as pause } from 'node:timers/promises';
import { PNG } from 'pngjs';
import type { RunningProgram } from '../programs/programs';
import type { XwdPicture } from './decode-xwd';
import type { VirtualDisplay } from './virtual-display';

/** Between two looks at the display (ms): it is a file that changes without an event. */
const LOOK_INTERVAL = 200;

/** A remote desktop in a window that fills a virtual display. */
export class RdpSession implements AsyncDisposable {
  #ended = false;
  #log = '';

  constructor(
    private readonly client: RunningProgram,
    private readonly display: VirtualDisplay,
    private readonly where: string,
  ) {
    for (const stream of [client.stdout, client.stderr])
      stream.on('data', (chunk: Buffer) => {
        this.#log = (this.#log + chunk.toString()).slice(-4000);
      });
    const end = () => {
      this.#ended = true;
    };
    client.ended.then(end, end);
  }

  /** The remote desktop as a PNG file's bytes. */
  async picture(): Promise<Buffer> {
    const { width, height, rgba } = await this.display.picture();
    const png = new PNG({ width, height });
    rgba.copy(png.data);
    return PNG.sync.write(png);
  }

  /** Waits until the desktop's picture satisfies the predicate; by default until it is not of one colour. */
  async waitForPicture(
    predicate: (picture: XwdPicture) => boolean = hasDifferentColours,
    { deadline = 60_000 }: { readonly deadline?: number } = {},
  ): Promise<void> {
    const end = performance.now() + deadline;
    while (!predicate(await this.display.picture())) {
      const error = this.#log.match(/ERRCONNECT_\w+/)?.[0];
      if (this.#ended)
        throw new Error(
          `The remote desktop of ${this.where} ended before it was drawn: ${error ?? 'no reason given'}.`,
        );
      if (performance.now() > end)
        throw new Error(
          `The remote desktop of ${this.where} was not drawn as expected within ${deadline} ms.`,
        );
      await pause(LOOK_INTERVAL);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.stop();
    await this.display[Symbol.asyncDispose]();
  }
}

function hasDifferentColours({ rgba }: XwdPicture): boolean {
  const first = rgba.readUInt32BE(0);
  for (let at = 4; at < rgba.length; at += 4) if (rgba.readUInt32BE(at) !== first) return true;
  return false;
}

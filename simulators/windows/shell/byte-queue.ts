/** Bytes on their way from a client to the shell: pushed as they arrive, taken in pieces. */
export class ByteQueue {
  readonly #chunks: Uint8Array[] = [];
  #ended = false;
  #abandoned = false;
  #wake: (() => void) | undefined;

  push(chunk: Uint8Array): void {
    if (this.#ended || chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#wake?.();
  }

  /** No more input will come; readers get what is left, then undefined. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  /** The client has gone altogether: what runs for it may stop. */
  abandon(): void {
    this.#abandoned = true;
    this.end();
  }

  get abandoned(): boolean {
    return this.#abandoned;
  }

  /** No input is left and none will come. */
  get finished(): boolean {
    return this.#ended && this.#chunks.length === 0;
  }

  /** Drops everything up to and with the last such byte. Returns whether there was one. */
  dropThrough(byte: number): boolean {
    const last = this.#chunks.findLastIndex((chunk) => chunk.includes(byte));
    if (last < 0) return false;
    const [chunk] = this.#chunks.splice(0, last + 1).slice(-1);
    const rest = chunk?.subarray(chunk.lastIndexOf(byte) + 1);
    if (rest && rest.length > 0) this.#chunks.unshift(rest);
    return true;
  }

  /** The next piece of input, or undefined at its end. One reader at a time. */
  async take(): Promise<Uint8Array | undefined> {
    while (this.#chunks.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#wake = undefined;
    return this.#chunks.shift();
  }
}

const PAGE = 4096;

/** Bytes of a disk of any size: zero where nothing was written. */
export class SparseBytes {
  readonly #pages = new Map<number, Uint8Array>();

  write(offset: number, bytes: Uint8Array): void {
    for (const { page, start, at, length } of parts(offset, bytes.length)) {
      const held = this.#pages.get(page) ?? new Uint8Array(PAGE);
      this.#pages.set(page, held);
      held.set(bytes.subarray(at, at + length), start);
    }
  }

  read(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (const { page, start, at, length: size } of parts(offset, length)) {
      const held = this.#pages.get(page);
      if (held) bytes.set(held.subarray(start, start + size), at);
    }
    return bytes;
  }
}

/** Where a run of bytes lies in pages: from `start` of each page, `at` counts within the run. */
function* parts(offset: number, total: number) {
  for (let at = 0; at < total; ) {
    const start = (offset + at) % PAGE;
    const length = Math.min(PAGE - start, total - at);
    yield { page: (offset + at - start) / PAGE, start, at, length };
    at += length;
  }
}

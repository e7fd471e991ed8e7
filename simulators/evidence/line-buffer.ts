/** No line of a serial console is longer; a stream without line ends is cut here. */
const LONGEST_LINE = 65_536;

/** Cuts a stream of chunks into whole lines, so that a secret split over two chunks is masked all the same. */
export class LineBuffer {
  #rest = '';

  /** Takes a chunk and returns what can be written now: whole lines with their ends, or ''. */
  push(chunk: string): string {
    const text = this.#rest + chunk;
    const end = text.lastIndexOf('\n') + 1;
    const cut = end === 0 && text.length > LONGEST_LINE ? text.length : end;
    this.#rest = text.slice(cut);
    return text.slice(0, cut);
  }

  /** The unfinished last line. */
  flush(): string {
    const rest = this.#rest;
    this.#rest = '';
    return rest;
  }
}

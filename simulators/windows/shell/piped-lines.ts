import { StringDecoder } from 'node:string_decoder';
import type { ByteQueue } from './byte-queue';
import { Interrupted } from './interrupted';
import type { LineInput, TextOutput } from './program';

/** Lines of a client without a terminal: prompts are shown, nothing is echoed. */
export class PipedLines implements LineInput {
  readonly #bytes: ByteQueue;
  readonly #output: TextOutput;
  readonly #decoder = new StringDecoder('utf8');
  #text = '';
  #ended = false;

  constructor(bytes: ByteQueue, output: TextOutput) {
    this.#bytes = bytes;
    this.#output = output;
  }

  async #more(): Promise<void> {
    const chunk = await this.#bytes.take();
    if (chunk) this.#text += this.#decoder.write(Buffer.from(chunk));
    else this.#ended = true;
  }

  async readLine(prompt: string): Promise<string | undefined> {
    this.#output.write(prompt);
    while (!this.#text.includes('\n') && !this.#ended) await this.#more();
    if (this.#text === '') return undefined;
    const end = this.#text.indexOf('\n');
    const line = end < 0 ? this.#text : this.#text.slice(0, end);
    this.#text = end < 0 ? '' : this.#text.slice(end + 1);
    return line.replace(/\r$/, '');
  }

  async readKey(): Promise<string | undefined> {
    while (this.#text === '' && !this.#ended) await this.#more();
    const key = [...this.#text][0];
    this.#text = this.#text.slice(key?.length ?? 0);
    return key;
  }

  /** Without a terminal there is no Ctrl-C, but the client may have gone. */
  checkInterrupt(): void {
    if (this.#bytes.abandoned) throw new Interrupted();
  }
}

/** Input that is there already: the left side of a pipe, a `< file`. */
export function textLines(text: string, output: TextOutput): LineInput {
  let rest = text;
  return {
    async readLine(prompt) {
      output.write(prompt);
      if (rest === '') return undefined;
      const end = rest.indexOf('\n');
      const line = end < 0 ? rest : rest.slice(0, end);
      rest = end < 0 ? '' : rest.slice(end + 1);
      return line.replace(/\r$/, '');
    },
    async readKey() {
      const key = [...rest][0];
      rest = rest.slice(key?.length ?? 0);
      return key;
    },
  };
}

/** An output that keeps what is written: the left side of a pipe, the command of a `for /f`. */
export class CollectedText implements TextOutput {
  readonly #parts: string[] = [];

  write(part: string): void {
    this.#parts.push(part);
  }

  get text(): string {
    return this.#parts.join('');
  }
}

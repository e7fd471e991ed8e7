import { Interrupted } from './interrupted';
import type { KeyReader } from './keys';
import type { LineInput, TerminalSize, TextOutput } from './program';

/** Line editing on a terminal in raw mode: this side echoes. Lines may wrap over several rows. */
export class LineEditor implements LineInput {
  readonly #keys: KeyReader;
  readonly #output: TextOutput;
  readonly #size: TerminalSize;
  readonly #history: string[] = [];
  #prompt = 0;
  #line: string[] = [];
  #cursor = 0;

  constructor(keys: KeyReader, output: TextOutput, size: TerminalSize) {
    this.#keys = keys;
    this.#output = output;
    this.#size = size;
  }

  /** @throws Interrupted on Ctrl-C. */
  async readLine(prompt: string): Promise<string | undefined> {
    this.#output.write(prompt);
    this.#prompt = prompt.length - (prompt.lastIndexOf('\n') + 1);
    this.#line = [];
    this.#cursor = 0;
    let recall = this.#history.length;
    for (;;) {
      const key = await this.#keys.next();
      switch (key?.kind) {
        case undefined:
          return undefined;
        case 'enter': {
          this.#moveTo(this.#line.length);
          this.#output.write('\r\n');
          const line = this.#line.join('');
          if (line !== '' && this.#history.at(-1) !== line) this.#history.push(line);
          return line;
        }
        case 'interrupt':
          this.#moveTo(this.#line.length);
          this.#output.write('^C\r\n');
          throw new Interrupted();
        case 'text':
          this.#splice(this.#cursor, 0, [key.text]);
          break;
        case 'backspace':
          if (this.#cursor > 0) this.#splice(this.#cursor - 1, 1, []);
          break;
        case 'delete':
          if (this.#cursor < this.#line.length) this.#splice(this.#cursor, 1, []);
          break;
        case 'left':
          this.#moveTo(Math.max(0, this.#cursor - 1));
          break;
        case 'right':
          this.#moveTo(Math.min(this.#line.length, this.#cursor + 1));
          break;
        case 'home':
          this.#moveTo(0);
          break;
        case 'end':
          this.#moveTo(this.#line.length);
          break;
        case 'up':
        case 'down': {
          const next = recall + (key.kind === 'up' ? -1 : 1);
          if (next < 0 || next > this.#history.length) break;
          recall = next;
          this.#splice(0, this.#line.length, [...(this.#history[recall] ?? '')]);
          break;
        }
        case 'other':
          break;
      }
    }
  }

  async readKey(): Promise<string | undefined> {
    const key = await this.#keys.next();
    if (key?.kind === 'interrupt') throw new Interrupted();
    if (key === undefined) return undefined;
    return key.kind === 'text' ? key.text : key.kind === 'enter' ? '\r' : '';
  }

  checkInterrupt(): void {
    if (!this.#keys.takeInterrupt()) return;
    this.#output.write('^C\r\n');
    throw new Interrupted();
  }

  /** Replaces characters, redraws from there on and leaves the cursor behind what was inserted. */
  #splice(start: number, removed: number, inserted: readonly string[]): void {
    this.#moveTo(start);
    this.#line.splice(start, removed, ...inserted);
    this.#output.write(this.#line.slice(start).join(''));
    this.#cursor = this.#line.length;
    // A full row leaves the terminal's cursor waiting at its edge; put it where the arithmetic says it is.
    if (this.#line.length > start && (this.#prompt + this.#cursor) % this.#columns === 0)
      this.#output.write('\r\n');
    if (removed > 0) this.#output.write('\u001b[J');
    this.#moveTo(start + inserted.length);
  }

  get #columns(): number {
    return Math.max(1, this.#size.columns);
  }

  #moveTo(target: number): void {
    const from = this.#prompt + this.#cursor;
    const to = this.#prompt + target;
    const rows = Math.floor(to / this.#columns) - Math.floor(from / this.#columns);
    const columns = (to % this.#columns) - (from % this.#columns);
    if (rows !== 0) this.#output.write(`\u001b[${Math.abs(rows)}${rows < 0 ? 'A' : 'B'}`);
    if (columns !== 0) this.#output.write(`\u001b[${Math.abs(columns)}${columns < 0 ? 'D' : 'C'}`);
    this.#cursor = target;
  }
}

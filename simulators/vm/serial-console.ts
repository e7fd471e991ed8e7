import type { Duplex } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { deferred } from './deferred';
import { withDeadline } from './with-deadline';

/** A match may be this long at most (characters), so that each chunk is searched once and not all before it. */
const longestMatch = 4096;
const keptCharacters = 1024 * 1024;

export interface SerialWait {
  /** Milliseconds to wait at most. */
  readonly deadline: number;
  /** What the text means, for the error: "the kernel to start". */
  readonly what: string;
}

const endOfOutput = new Error('end of output');

interface Waiter {
  readonly pattern: RegExp;
  /** Absolute position from which text counts. */
  readonly start: number;
  searched: number;
  resolve(match: RegExpExecArray): void;
  reject(error: Error): void;
}

/** The guest's serial port: what it prints is matched as it arrives; what is written goes to the guest. */
export class SerialConsole {
  readonly #stream: Duplex;
  readonly #explain: (sentence: string) => Promise<Error>;
  readonly #waiters = new Set<Waiter>();
  #text = '';
  /** Absolute position of the first kept character. */
  #dropped = 0;
  /** Absolute position after the last match: the next wait starts there. */
  #cursor = 0;
  #ended = false;

  constructor(stream: Duplex, explain: (sentence: string) => Promise<Error>) {
    this.#stream = stream;
    this.#explain = explain;
    const decoder = new StringDecoder('utf8');
    stream.on('data', (chunk: Buffer) => this.#receive(decoder.write(chunk)));
    stream.on('error', () => stream.destroy());
    stream.on('close', () => this.#end());
  }

  /** The text printed so far (the last million characters of it). */
  get text(): string {
    return this.#text;
  }

  /** True once QEMU has closed the port: nothing more will come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The text, once QEMU has closed the port. */
  async wholeText(): Promise<string> {
    if (!this.#ended) await new Promise((resolve) => this.#stream.once('close', resolve));
    return this.#text;
  }

  /** The last lines printed, without terminal control sequences. */
  lastLines(count = 20): string[] {
    const lines = stripVTControlCharacters(this.#text).split(/\r*\n/);
    if (lines.at(-1)?.trim() === '') lines.pop();
    return lines.slice(-count);
  }

  /**
   * The first match after the previous wait's match, in text that may already be there. Fails when the
   * deadline passes or the machine ends, with what was waited for and the last lines seen. Terminals end
   * lines with `\r\n`, and in JavaScript `.` does not match `\r`: end a pattern at `.*`, without `\n`.
   */
  async waitFor(pattern: string | RegExp, { deadline, what }: SerialWait): Promise<RegExpExecArray> {
    const { promise, resolve, reject } = deferred<RegExpExecArray>();
    const expression =
      typeof pattern === 'string' ? new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')) : pattern;
    const waiter: Waiter = {
      pattern: new RegExp(expression.source, expression.flags.replace('g', '').replace('y', '')),
      start: this.#cursor,
      searched: this.#cursor,
      resolve,
      reject,
    };
    this.#waiters.add(waiter);
    this.#search(waiter);
    if (this.#ended) this.#end();
    const wanted = typeof pattern === 'string' ? JSON.stringify(pattern) : String(pattern);
    try {
      return await withDeadline(promise, deadline, (waited) =>
        this.#explain(`Waited ${waited} for ${what}: the guest did not print ${wanted} on its serial port.`),
      );
    } catch (error) {
      if (error !== endOfOutput) throw error;
      throw await this.#explain(`The machine ended before ${what}: the guest had not printed ${wanted}.`);
    } finally {
      this.#waiters.delete(waiter);
    }
  }

  /** Types on the guest's serial port. */
  write(text: string): void {
    this.#stream.write(text);
  }

  #receive(text: string): void {
    this.#text += text;
    for (const waiter of [...this.#waiters]) this.#search(waiter);
    if (this.#text.length > 2 * keptCharacters) {
      this.#dropped += this.#text.length - keptCharacters;
      this.#text = this.#text.slice(-keptCharacters);
    }
  }

  #search(waiter: Waiter): void {
    const from = Math.max(waiter.start, waiter.searched - longestMatch, this.#dropped);
    const match = waiter.pattern.exec(this.#text.slice(from - this.#dropped));
    waiter.searched = this.#dropped + this.#text.length;
    if (!match) return;
    this.#waiters.delete(waiter);
    this.#cursor = Math.max(this.#cursor, from + match.index + match[0].length);
    waiter.resolve(match);
  }

  #end(): void {
    this.#ended = true;
    for (const waiter of this.#waiters) waiter.reject(endOfOutput);
    this.#waiters.clear();
  }
}

import { StringDecoder } from 'node:string_decoder';
import type { ByteQueue } from './byte-queue';

export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'enter' | 'backspace' | 'delete' | 'left' | 'right' | 'up' | 'down' | 'home' | 'end' }
  | { readonly kind: 'interrupt' | 'other' };

const controlSequences: Readonly<Record<string, Exclude<Key['kind'], 'text'>>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  '1~': 'home',
  '3~': 'delete',
  '4~': 'end',
  '7~': 'home',
  '8~': 'end',
};

// CSI (ESC [) with parameters, or SS3 (ESC O): xterm's control sequences.
const sequence = /^\u001b(?:\[([0-9;]*)([A-Za-z~])|O([A-Za-z]))/;
const unfinished = /^\u001b(?:\[[0-9;]*|O)?$/;

/** Takes the first key off the text, or undefined when the text ends within a key. */
export function takeKey(text: string): { readonly key: Key; readonly rest: string } | undefined {
  const first = text.codePointAt(0);
  if (first === undefined || unfinished.test(text)) return undefined;
  const found = sequence.exec(text);
  if (found) {
    const [whole, parameters = '', final = '', application = ''] = found;
    const name = final === '~' ? `${parameters}~` : final || application;
    return { key: { kind: controlSequences[name] ?? 'other' }, rest: text.slice(whole.length) };
  }
  const character = String.fromCodePoint(first);
  const rest = text.slice(character.length);
  if (character === '\r' || character === '\n') return { key: { kind: 'enter' }, rest };
  if (character === '\u007f' || character === '\b') return { key: { kind: 'backspace' }, rest };
  if (character === '\u0003') return { key: { kind: 'interrupt' }, rest };
  if (first < 0x20) return { key: { kind: 'other' }, rest };
  return { key: { kind: 'text', text: character }, rest };
}

/** Keys of a terminal in raw mode, one at a time; CR LF counts as one Enter. */
export class KeyReader {
  readonly #bytes: ByteQueue;
  readonly #decoder = new StringDecoder('utf8');
  #text = '';
  #afterReturn = false;

  constructor(bytes: ByteQueue) {
    this.#bytes = bytes;
  }

  /** Whether Ctrl-C was typed ahead, or the client has gone; keys before it are dropped. */
  takeInterrupt(): boolean {
    const typed = this.#text.lastIndexOf('\u0003');
    if (this.#bytes.dropThrough(3)) {
      this.#text = '';
      return true;
    }
    if (typed >= 0) this.#text = this.#text.slice(typed + 1);
    return typed >= 0 || (this.#text === '' && this.#bytes.finished);
  }

  /** The next key, or undefined when the client has closed its side. */
  async next(): Promise<Key | undefined> {
    for (;;) {
      if (this.#afterReturn && this.#text.startsWith('\n')) this.#text = this.#text.slice(1);
      if (this.#text !== '') this.#afterReturn = false;
      const taken = takeKey(this.#text);
      if (taken) {
        this.#afterReturn = this.#text.startsWith('\r');
        this.#text = taken.rest;
        return taken.key;
      }
      const chunk = await this.#bytes.take();
      if (!chunk) return undefined;
      this.#text += this.#decoder.write(Buffer.from(chunk));
    }
  }
}

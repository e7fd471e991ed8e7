import { Key, type KeyPress } from '../../linux-devices';

/** The text of an edit box and its caret. Longer input than `limit` characters is refused, as an edit control does. */
export class TextField {
  #text: string;
  #caret: number;

  constructor(
    text = '',
    private readonly limit = 127,
  ) {
    this.#text = text;
    this.#caret = text.length;
  }

  get text(): string {
    return this.#text;
  }

  /** Position between characters, 0 before the first. */
  get caret(): number {
    return this.#caret;
  }

  clear(): void {
    this.#text = '';
    this.#caret = 0;
  }

  /** Applies a key press; false where the key means nothing to an edit box. */
  apply(press: KeyPress): boolean {
    if (press.control || press.alt) return false;
    switch (press.code) {
      case Key.Backspace:
        this.#replace(Math.max(0, this.#caret - 1), this.#caret, '');
        return true;
      case Key.Delete:
        this.#replace(this.#caret, this.#caret + 1, '');
        return true;
      case Key.Left:
        this.#caret = Math.max(0, this.#caret - 1);
        return true;
      case Key.Right:
        this.#caret = Math.min(this.#text.length, this.#caret + 1);
        return true;
      case Key.Home:
        this.#caret = 0;
        return true;
      case Key.End:
        this.#caret = this.#text.length;
        return true;
    }
    if (press.character === undefined) return false;
    if (this.#text.length < this.limit) this.#replace(this.#caret, this.#caret, press.character);
    return true;
  }

  #replace(from: number, to: number, text: string): void {
    this.#text = this.#text.slice(0, from) + text + this.#text.slice(to);
    this.#caret = from + text.length;
  }
}

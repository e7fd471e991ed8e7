import type { Redirection } from './command-node';
import { CommandSyntaxError, IncompleteCommandError } from './command-syntax-error';

/** Reads the small parts of a command line: blanks, operators, redirections, words. */
export class CommandScanner {
  /** How many parentheses are open. */
  depth = 0;
  position = 0;

  constructor(readonly text: string) {}

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  get character(): string {
    return this.text[this.position] ?? '';
  }

  /** Within parentheses a line end stands for `&`. */
  operator(): '&' | '&&' | '|' | '||' | undefined {
    const here = this.text.slice(this.position, this.position + 2);
    if (here === '&&' || here === '||') return here;
    if (here[0] === '&' || (here[0] === '\n' && this.depth > 0)) return '&';
    return here[0] === '|' ? '|' : undefined;
  }

  closing(): boolean {
    return this.depth > 0 && this.character === ')';
  }

  /** Blanks and the signs that cmd takes for blanks between words. */
  skipBlanks(): void {
    while (/^[^\S\n]|^[,;=]/.test(this.character)) this.position++;
  }

  skipLineEnds(): void {
    while (/^[\s,;=]/.test(this.character)) this.position++;
  }

  /** Takes one of the words, blind to case, where it stands here as a whole. Returns it in lower case. */
  keyword<Word extends string>(...words: readonly Word[]): Word | undefined {
    const found = words.find((word) => {
      const end = this.position + word.length;
      const here = this.text.slice(this.position, end).toLowerCase();
      return here === word && /^(?:[\s,;=()<>&|]|$)/.test(this.text.slice(end, end + 1));
    });
    if (found !== undefined) this.position += found.length;
    return found;
  }

  /** A word up to a blank or operator; carets vanish, quotes stay and protect. */
  word(): string {
    let word = '';
    let quoted = false;
    for (; !this.atEnd; this.position++) {
      const { character } = this;
      if (character === '\n') break;
      if (!quoted && (/[\s,;=<>&|]/.test(character) || this.closing())) break;
      if (!quoted && character === '^') {
        this.position++;
        word += this.character;
        continue;
      }
      if (character === '"') quoted = !quoted;
      word += character;
    }
    return word;
  }

  /** @throws CommandSyntaxError that names what stands here. */
  unexpected(): never {
    if (this.atEnd) {
      if (this.depth > 0) throw new IncompleteCommandError();
      throw new CommandSyntaxError('');
    }
    const start = this.position;
    const operator = this.operator();
    if (operator !== undefined) throw new CommandSyntaxError(operator);
    const word = this.word();
    throw new CommandSyntaxError(word === '' ? this.text.slice(start, start + 1).trim() : word);
  }

  redirection(): Redirection | undefined {
    const match = /^(\d?)(>>|>|<)/.exec(this.text.slice(this.position, this.position + 3));
    if (!match) return undefined;
    const [whole, digit = '', sign] = match;
    if (!/^[012]?$/.test(digit)) return undefined;
    this.position += whole.length;
    const mode = sign === '<' ? 'read' : sign === '>>' ? 'append' : 'write';
    const stream = digit === '0' ? 0 : digit === '1' ? 1 : digit === '2' ? 2 : sign === '<' ? 0 : 1;
    const handle = /^&([12])/.exec(this.text.slice(this.position, this.position + 2));
    if (handle) {
      this.position += 2;
      return { stream, mode, target: handle[1] === '1' ? 1 : 2 };
    }
    this.skipBlanks();
    if (this.operator() !== undefined || this.closing() || /[<>]/.test(this.character)) this.unexpected();
    const target = this.word().replaceAll('"', '');
    if (target === '') throw new CommandSyntaxError('');
    return { stream, mode, target };
  }
}

/** `>`, `>>` and `<` of a command: stream 0 input, 1 output, 2 error output. */
export interface Redirection {
  readonly stream: 0 | 1 | 2;
  readonly mode: 'read' | 'write' | 'append';
  /** A file name, or the stream that this one shall join (`2>&1`). */
  readonly target: string | 1 | 2;
}

export type CommandNode =
  /** Text without redirections, carets resolved, quotes kept. */
  | { readonly kind: 'command'; readonly text: string; readonly redirections: readonly Redirection[] }
  | { readonly kind: 'group'; readonly body: CommandNode; readonly redirections: readonly Redirection[] }
  /** `&`, `||`, `&&`, `|`. */
  | {
      readonly kind: 'then' | 'or' | 'and' | 'pipe';
      readonly left: CommandNode;
      readonly right: CommandNode;
    };

/** cmd's own message for a line that cannot be parsed. */
export class CommandSyntaxError extends Error {
  override readonly name = 'CommandSyntaxError';

  constructor(unexpected: string) {
    super(
      unexpected === ''
        ? 'The syntax of the command is incorrect.'
        : `${unexpected} was unexpected at this time.`,
    );
  }
}

const operators = [
  ['&', 'then'],
  ['||', 'or'],
  ['&&', 'and'],
  ['|', 'pipe'],
] as const;

class Parser {
  readonly #text: string;
  #position = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): CommandNode | undefined {
    this.#skipBlanks();
    if (this.#position >= this.#text.length) return undefined;
    const node = this.#binary(0);
    if (this.#position < this.#text.length) throw new CommandSyntaxError(this.#operator() ?? ')');
    return node;
  }

  /** The operators bind tighter from `&` over `||` and `&&` to `|`. */
  #binary(level: number): CommandNode {
    const entry = operators[level];
    if (!entry) return this.#primary();
    const [sign, kind] = entry;
    let left = this.#binary(level + 1);
    while (this.#operator() === sign) {
      this.#position += sign.length;
      this.#skipBlanks();
      // `dir &` is complete; `dir &&` is not.
      if (kind === 'then' && (this.#position >= this.#text.length || this.#closing())) return left;
      left = { kind, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #primary(): CommandNode {
    this.#skipBlanks();
    const operator = this.#operator();
    if (operator !== undefined) throw new CommandSyntaxError(operator);
    if (this.#closing()) throw new CommandSyntaxError(')');
    if (this.#text[this.#position] === '(') return this.#group();
    return this.#simple();
  }

  #group(): CommandNode {
    this.#position++;
    this.#depth++;
    const body = this.#binary(0);
    if (!this.#closing()) throw new CommandSyntaxError('');
    this.#position++;
    this.#depth--;
    this.#skipBlanks();
    const redirections: Redirection[] = [];
    for (let found = this.#redirection(); found; found = this.#redirection()) {
      redirections.push(found);
      this.#skipBlanks();
    }
    return { kind: 'group', body, redirections };
  }

  #simple(): CommandNode {
    const redirections: Redirection[] = [];
    let text = '';
    let quoted = false;
    while (this.#position < this.#text.length) {
      const character = this.#text[this.#position] ?? '';
      if (!quoted) {
        if (this.#operator() !== undefined || this.#closing()) break;
        const redirection =
          text === '' || /[\s,;=]$/.test(text) || !/\d/.test(character) ? this.#redirection() : undefined;
        if (redirection) {
          redirections.push(redirection);
          this.#skipBlanks();
          continue;
        }
        if (character === '^') {
          text += this.#text[this.#position + 1] ?? '';
          this.#position += 2;
          continue;
        }
      }
      if (character === '"') quoted = !quoted;
      text += character;
      this.#position++;
    }
    return { kind: 'command', text, redirections };
  }

  #redirection(): Redirection | undefined {
    const match = /^([012]?)(>>|>|<)/.exec(this.#text.slice(this.#position, this.#position + 3));
    if (!match) return undefined;
    const [whole, digit, sign] = match;
    this.#position += whole.length;
    const mode = sign === '<' ? 'read' : sign === '>>' ? 'append' : 'write';
    const stream = digit === '0' ? 0 : digit === '1' ? 1 : digit === '2' ? 2 : sign === '<' ? 0 : 1;
    const handle = /^&([12])/.exec(this.#text.slice(this.#position, this.#position + 2));
    if (handle) {
      this.#position += 2;
      return { stream, mode, target: handle[1] === '1' ? 1 : 2 };
    }
    this.#skipBlanks();
    const target = this.#word();
    if (target === '') throw new CommandSyntaxError('');
    return { stream, mode, target };
  }

  #word(): string {
    let word = '';
    let quoted = false;
    for (; this.#position < this.#text.length; this.#position++) {
      const character = this.#text[this.#position] ?? '';
      if (!quoted && (/[\s,;=<>&|]/.test(character) || this.#closing())) break;
      if (character === '"') quoted = !quoted;
      else word += character;
    }
    return word;
  }

  #operator(): '&' | '&&' | '|' | '||' | undefined {
    const here = this.#text.slice(this.#position, this.#position + 2);
    if (here === '&&' || here === '||') return here;
    return here[0] === '&' ? '&' : here[0] === '|' ? '|' : undefined;
  }

  #closing(): boolean {
    return this.#depth > 0 && this.#text[this.#position] === ')';
  }

  #skipBlanks(): void {
    while (/^[\s,;=]/.test(this.#text.slice(this.#position, this.#position + 1))) this.#position++;
  }
}

/**
 * Parses a line after variable expansion; undefined for a blank one.
 * @throws CommandSyntaxError with cmd's message.
 */
export function parseCommandLine(text: string): CommandNode | undefined {
  return new Parser(text).parse();
}

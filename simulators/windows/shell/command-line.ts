import type { CommandNode, Redirection } from './command-node';
import { CommandScanner } from './command-scanner';
import { CommandSyntaxError, IncompleteCommandError } from './command-syntax-error';
import { parseForHead } from './parse-for';
import { parseIfHead } from './parse-if';

const operators = [
  ['&', 'then'],
  ['||', 'or'],
  ['&&', 'and'],
  ['|', 'pipe'],
] as const;

/** Deeper parentheses, `if` and `for` than this are refused (our choice; real scripts have a handful). */
const deepest = 200;

class Parser {
  readonly #scanner: CommandScanner;
  #nesting = 0;

  constructor(text: string) {
    this.#scanner = new CommandScanner(text);
  }

  parse(): CommandNode | undefined {
    const scanner = this.#scanner;
    scanner.skipLineEnds();
    if (scanner.atEnd) return undefined;
    const node = this.#binary(0);
    scanner.skipLineEnds();
    if (!scanner.atEnd) scanner.unexpected();
    return node;
  }

  /** The operators bind tighter from `&` over `||` and `&&` to `|`. */
  #binary(level: number): CommandNode {
    const scanner = this.#scanner;
    const entry = operators[level];
    if (!entry) return this.#primary();
    const [sign, kind] = entry;
    let left = this.#binary(level + 1);
    while (scanner.operator() === sign) {
      scanner.position += sign.length;
      if (kind === 'then' && scanner.depth > 0) scanner.skipLineEnds();
      else scanner.skipBlanks();
      // `dir &` is complete; `dir &&` is not.
      if (kind === 'then' && (scanner.atEnd || scanner.closing())) return left;
      left = { kind, left, right: this.#binary(level + 1) };
    }
    return left;
  }

  #primary(): CommandNode {
    const scanner = this.#scanner;
    if (++this.#nesting > deepest) throw new CommandSyntaxError('');
    scanner.skipBlanks();
    while (scanner.character === '@') {
      scanner.position++;
      scanner.skipBlanks();
    }
    if (scanner.operator() !== undefined || scanner.closing()) scanner.unexpected();
    const node = this.#compound() ?? this.#redirectedGroup() ?? this.#simple();
    this.#nesting--;
    return node;
  }

  #compound(): CommandNode | undefined {
    const scanner = this.#scanner;
    if (scanner.character === '(') return this.#group();
    const start = scanner.position;
    const word = scanner.keyword('if', 'for', 'rem');
    if (word === undefined) return undefined;
    // `if /?` asks for help, which is a command like any other.
    const helpWanted = /^[^\S\n]*\/\?/.test(scanner.text.slice(scanner.position));
    if (helpWanted || word === 'rem') {
      scanner.position = start;
      return word === 'rem' ? this.#remark() : undefined;
    }
    if (word === 'if') return this.#if();
    const head = parseForHead(scanner);
    scanner.skipBlanks();
    const bodyStart = scanner.position;
    const body = this.#body();
    return { kind: 'for', head, body, bodyText: scanner.text.slice(bodyStart, scanner.position) };
  }

  #body(): CommandNode {
    this.#scanner.skipBlanks();
    if (this.#scanner.atEnd) this.#scanner.unexpected();
    return this.#binary(0);
  }

  #if(): CommandNode {
    const scanner = this.#scanner;
    const head = parseIfHead(scanner);
    const whenTrue = this.#body();
    const start = scanner.position;
    scanner.skipBlanks();
    if (scanner.keyword('else') === undefined) {
      scanner.position = start;
      return { kind: 'if', ...head, whenTrue, whenFalse: undefined };
    }
    return { kind: 'if', ...head, whenTrue, whenFalse: this.#body() };
  }

  /** `>file (echo a& echo b)`: what stands before a group holds for it too. Before `if` and `for` it does not. */
  #redirectedGroup(): CommandNode | undefined {
    const scanner = this.#scanner;
    const start = scanner.position;
    const redirections = this.#redirections();
    if (redirections.length > 0 && scanner.character === '(') {
      const group = this.#group();
      return { ...group, redirections: [...redirections, ...group.redirections] };
    }
    scanner.position = start;
    return undefined;
  }

  #redirections(): Redirection[] {
    const scanner = this.#scanner;
    const redirections: Redirection[] = [];
    for (let found = scanner.redirection(); found; found = scanner.redirection()) {
      redirections.push(found);
      scanner.skipBlanks();
    }
    return redirections;
  }

  #group(): Extract<CommandNode, { kind: 'group' }> {
    const scanner = this.#scanner;
    scanner.position++;
    scanner.depth++;
    scanner.skipLineEnds();
    if (scanner.atEnd) throw new IncompleteCommandError();
    const body = this.#binary(0);
    if (scanner.atEnd) throw new IncompleteCommandError();
    if (!scanner.closing()) scanner.unexpected();
    scanner.position++;
    scanner.depth--;
    scanner.skipBlanks();
    return { kind: 'group', body, redirections: this.#redirections() };
  }

  /** `rem` swallows the rest of its line, signs and all, once a blank and a text follow. */
  #remark(): CommandNode {
    const scanner = this.#scanner;
    const text = /^rem(?:[^\S\n]+[^&|\s][^\n]*)?/i.exec(scanner.text.slice(scanner.position))?.[0] ?? 'rem';
    scanner.position += text.length;
    scanner.skipBlanks();
    return { kind: 'command', text, redirections: [] };
  }

  #simple(): CommandNode {
    const scanner = this.#scanner;
    const redirections: Redirection[] = [];
    let text = '';
    let quoted = false;
    let behindRedirection = false;
    while (!scanner.atEnd) {
      const { character } = scanner;
      if (character === '\n') break;
      if (!quoted) {
        if (scanner.operator() !== undefined || scanner.closing()) break;
        const mayRedirect =
          text === '' || behindRedirection || /[\s,;=]$/.test(text) || !/\d/.test(character);
        const redirection = mayRedirect ? scanner.redirection() : undefined;
        if (redirection) {
          redirections.push(redirection);
          scanner.skipBlanks();
          behindRedirection = true;
          continue;
        }
        // `echo one>file two` writes "one two".
        if (behindRedirection && /[^\s,;=]$/.test(text)) text += ' ';
        behindRedirection = false;
        if (character === '^') {
          scanner.position++;
          text += scanner.character;
          scanner.position++;
          continue;
        }
      }
      if (character === '"') quoted = !quoted;
      text += character;
      scanner.position++;
    }
    return { kind: 'command', text, redirections };
  }
}

/**
 * Parses a line after variable expansion, or the lines of a block; undefined for a blank one.
 * @throws IncompleteCommandError where a parenthesis is open at the end, CommandSyntaxError with cmd's message.
 */
export function parseCommandLine(text: string): CommandNode | undefined {
  return new Parser(text).parse();
}

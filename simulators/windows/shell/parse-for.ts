import type { ForHead } from './command-node';
import type { CommandScanner } from './command-scanner';
import { IncompleteCommandError } from './command-syntax-error';

const kinds = { '/d': 'folders', '/r': 'tree', '/l': 'numbers', '/f': 'lines' } as const;

function variable(scanner: CommandScanner): string {
  scanner.skipBlanks();
  const name = /^%([^\s%])(?=[\s,;=])/.exec(scanner.text.slice(scanner.position))?.[1];
  if (name === undefined) return scanner.unexpected();
  scanner.position += 2;
  return name;
}

/** The text between the parentheses; line ends count as blanks. */
function set(scanner: CommandScanner): string {
  scanner.skipBlanks();
  if (!scanner.text.startsWith('(', scanner.position)) return scanner.unexpected();
  let text = '';
  let quoted = false;
  for (scanner.position++; !scanner.atEnd; scanner.position++) {
    const { character } = scanner;
    if (!quoted && character === ')') {
      scanner.position++;
      return text;
    }
    if (!quoted && character === '^') {
      scanner.position++;
      text += scanner.character;
      continue;
    }
    if (character === '"') quoted = !quoted;
    if (character === '\n') quoted = false;
    text += character === '\n' ? ' ' : character;
  }
  throw new IncompleteCommandError();
}

/**
 * The part of `for [/d | /r [root] | /l | /f ["options"]] %v in (set) do` behind the word `for`.
 * @throws CommandSyntaxError that names the unexpected word.
 */
export function parseForHead(scanner: CommandScanner): ForHead {
  scanner.skipBlanks();
  const option = scanner.keyword('/d', '/r', '/l', '/f');
  const kind = option === undefined ? 'each' : kinds[option];
  scanner.skipBlanks();
  const takesText = kind === 'tree' || kind === 'lines';
  const text = takesText && scanner.character !== '%' ? scanner.word() : '';
  const name = variable(scanner);
  scanner.skipBlanks();
  if (scanner.keyword('in') === undefined) scanner.unexpected();
  const items = set(scanner);
  scanner.skipBlanks();
  if (scanner.keyword('do') === undefined) scanner.unexpected();
  return { kind, variable: name, set: items, option: text };
}

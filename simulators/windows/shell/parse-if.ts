import type { IfTest } from './command-node';
import type { CommandScanner } from './command-scanner';

export interface IfHead {
  readonly ignoreCase: boolean;
  readonly negated: boolean;
  readonly test: IfTest;
}

/** An operand of `if`; nothing there is an error that names what is. */
function operand(scanner: CommandScanner): string {
  scanner.skipBlanks();
  const word = scanner.word();
  return word === '' ? scanner.unexpected() : word;
}

function comparison(scanner: CommandScanner): IfTest {
  const left = operand(scanner);
  while (/^[^\S\n]|^[,;]/.test(scanner.character)) scanner.position++;
  if (scanner.text.startsWith('==', scanner.position)) {
    scanner.position += 2;
    return { kind: 'compare', left, operator: '==', right: operand(scanner) };
  }
  const operator = scanner.keyword('equ', 'neq', 'lss', 'leq', 'gtr', 'geq');
  if (operator === undefined) return scanner.unexpected();
  return { kind: 'compare', left, operator, right: operand(scanner) };
}

/**
 * The part of `if [/i] [not] test` behind the word `if`.
 * @throws CommandSyntaxError that names the unexpected word.
 */
export function parseIfHead(scanner: CommandScanner): IfHead {
  scanner.skipBlanks();
  let ignoreCase = scanner.keyword('/i') !== undefined;
  scanner.skipBlanks();
  const negated = scanner.keyword('not') !== undefined;
  scanner.skipBlanks();
  if (!ignoreCase) ignoreCase = scanner.keyword('/i') !== undefined;
  scanner.skipBlanks();
  const start = scanner.position;
  const kind = scanner.keyword('exist', 'errorlevel', 'defined', 'cmdextversion');
  // `if defined==x` compares: the word is an operand where `==` follows.
  if (kind !== undefined && !/^\s*==/.test(scanner.text.slice(scanner.position)))
    return { ignoreCase, negated, test: { kind, operand: operand(scanner) } };
  scanner.position = start;
  return { ignoreCase, negated, test: comparison(scanner) };
}

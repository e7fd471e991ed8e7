/** cmd's words for an expression of `set /a` that does not work out, with its error level. */
export class ArithmeticError extends Error {
  override readonly name = 'ArithmeticError';

  constructor(
    message: string,
    readonly errorLevel: number,
  ) {
    super(message);
  }
}

const missingOperand = () => new ArithmeticError('Missing operand.', 1073750990);
const missingOperator = () => new ArithmeticError('Missing operator.', 1073750992);
const unbalanced = () => new ArithmeticError('Unbalanced parenthesis.', 1073750988);
const invalidNumber = () =>
  new ArithmeticError(
    'Invalid number.  Numeric constants are either decimal (17),\r\nhexadecimal (0x11), or octal (021).',
    1073750991,
  );
const outOfRange = () =>
  new ArithmeticError('Invalid number.  Numbers are limited to 32-bits of precision.', 1073750992);
const divideByZero = () => new ArithmeticError('Divide by zero error.', 1073750993);

export interface ArithmeticVariables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

type Operation = (left: number, right: number) => number;

const divide =
  (operation: Operation): Operation =>
  (left, right) => {
    if (right === 0) throw divideByZero();
    return operation(left, right);
  };

/** From loosest to tightest; assignment and comma stand below them all. All are 32-bit and signed. */
const levels: readonly Readonly<Record<string, Operation>>[] = [
  { '|': (a, b) => a | b },
  { '^': (a, b) => a ^ b },
  { '&': (a, b) => a & b },
  { '<<': (a, b) => (b > 31 ? 0 : a << b), '>>': (a, b) => a >> Math.min(b, 31) },
  { '+': (a, b) => (a + b) | 0, '-': (a, b) => (a - b) | 0 },
  { '*': (a, b) => Math.imul(a, b), '/': divide((a, b) => (a / b) | 0), '%': divide((a, b) => (a % b) | 0) },
];

const operations = Object.assign({}, ...levels) as Readonly<Record<string, Operation>>;
/** Deeper parentheses are refused (our choice). */
const deepest = 200;

class Evaluator {
  #position = 0;
  #depth = 0;

  constructor(
    readonly text: string,
    readonly variables: ArithmeticVariables,
  ) {}

  evaluate(): number {
    let value = this.#assignment();
    while (this.#take(/^,/) !== undefined) value = this.#assignment();
    this.#skipBlanks();
    if (this.#position < this.text.length)
      throw this.text[this.#position] === ')' ? unbalanced() : missingOperator();
    return value;
  }

  #skipBlanks(): void {
    while (/\s/.test(this.text[this.#position] ?? '')) this.#position++;
  }

  #take(pattern: RegExp): string | undefined {
    this.#skipBlanks();
    const found = pattern.exec(this.text.slice(this.#position))?.[0];
    if (found !== undefined) this.#position += found.length;
    return found;
  }

  #assignment(): number {
    const start = this.#position;
    const name = this.#take(/^[A-Za-z_$#@[\]{}?.][\w$#@[\]{}?.]*/);
    const sign = name === undefined ? undefined : this.#take(/^(?:<<|>>|[+\-*/%&^|])?=/);
    if (name === undefined || sign === undefined) {
      this.#position = start;
      return this.#binary(0);
    }
    if (++this.#depth > deepest) throw unbalanced();
    const right = this.#assignment();
    this.#depth--;
    const operation = operations[sign.slice(0, -1)];
    const value = operation ? operation(this.#variable(name), right) : right;
    this.variables.set(name, String(value));
    return value;
  }

  #binary(level: number): number {
    const operators = levels[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      this.#skipBlanks();
      const sign = Object.keys(operators).find((one) => this.text.startsWith(one, this.#position));
      const operation = sign === undefined ? undefined : operators[sign];
      if (sign === undefined || !operation) return left;
      this.#position += sign.length;
      left = operation(left, this.#binary(level + 1));
    }
  }

  #unary(): number {
    const signs: string[] = [];
    for (let sign = this.#take(/^[!~+-]/); sign !== undefined; sign = this.#take(/^[!~+-]/)) signs.push(sign);
    let value = this.#primary();
    for (const sign of signs.reverse())
      value = sign === '-' ? -value | 0 : sign === '~' ? ~value : sign === '!' ? Number(value === 0) : value;
    return value;
  }

  #primary(): number {
    if (this.#take(/^\(/) !== undefined) {
      if (++this.#depth > deepest) throw unbalanced();
      const value = this.#assignment();
      this.#depth--;
      if (this.#take(/^\)/) === undefined) throw unbalanced();
      return value;
    }
    const number = this.#take(/^\d\w*/);
    if (number !== undefined) return wholeNumber(number);
    const name = this.#take(/^[A-Za-z_$#@[\]{}?.][\w$#@[\]{}?.]*/);
    if (name === undefined) throw missingOperand();
    return this.#variable(name);
  }

  #variable(name: string): number {
    const text = this.variables.get(name)?.trim();
    const [, minus = '', digits] = /^([+-]?)(\d\w*)/.exec(text ?? '') ?? [];
    if (digits === undefined) return 0;
    const value = wholeNumber(digits);
    return minus === '-' ? -value | 0 : value;
  }
}

function wholeNumber(text: string): number {
  const value = /^0x[0-9a-f]+$/i.test(text)
    ? Number(text)
    : /^0[0-7]*$/.test(text)
      ? Number.parseInt(text, 8)
      : /^[1-9]\d*$/.test(text)
        ? Number(text)
        : undefined;
  if (value === undefined) throw invalidNumber();
  if (value > (/^0/.test(text) ? 0xffffffff : 0x7fffffff)) throw outOfRange();
  return value | 0;
}

/**
 * Works out `set /a`: 32-bit integers, C's operators, assignments, commas. Returns the last value.
 * @throws ArithmeticError with cmd's message.
 */
export function evaluateArithmetic(expression: string, variables: ArithmeticVariables): number {
  const text = expression.replaceAll('"', '');
  if (text.trim() === '') throw new ArithmeticError('The syntax of the command is incorrect.', 1);
  return new Evaluator(text, variables).evaluate();
}

import type { IfTest } from './command-node';
import { findMatches } from './commands/matching-files';
import { variableValue } from './dynamic-variables';
import type { ShellSession } from './session';

/** A whole number as cmd reads it: decimal, `0x` hexadecimal, leading 0 octal. */
function wholeNumber(text: string): number | undefined {
  const [, minus, digits = ''] = /^([+-]?)(0x[0-9a-f]+|\d+)$/i.exec(text.trim()) ?? [];
  if (minus === undefined) return undefined;
  const octal = /^0[0-7]+$/.test(digits);
  const value = octal ? Number.parseInt(digits, 8) : Number(digits);
  return minus === '-' ? -value : value;
}

async function exists(session: ShellSession, operand: string): Promise<boolean> {
  // `C:\folder\nul` was the way to ask for a folder.
  const path = operand.replaceAll('"', '').replace(/[\\/]nul$/i, '\\');
  if (/^(nul|con)$/i.test(path)) return true;
  try {
    return (await findMatches(session, path)).length > 0;
  } catch {
    return false;
  }
}

function compares(
  { left, operator, right }: Extract<IfTest, { kind: 'compare' }>,
  ignoreCase: boolean,
): boolean {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  if (operator === '==') return fold(left) === fold(right);
  const [first, second] = [wholeNumber(left), wholeNumber(right)];
  const [a, b] = [fold(left), fold(right)];
  const order = first !== undefined && second !== undefined ? first - second : a === b ? 0 : a < b ? -1 : 1;
  switch (operator) {
    case 'equ':
      return order === 0;
    case 'neq':
      return order !== 0;
    case 'lss':
      return order < 0;
    case 'leq':
      return order <= 0;
    case 'gtr':
      return order > 0;
    case 'geq':
      return order >= 0;
  }
}

/** Whether the test of an `if` holds; its texts are expanded already. */
export async function testHolds(session: ShellSession, test: IfTest, ignoreCase: boolean): Promise<boolean> {
  switch (test.kind) {
    case 'exist':
      return exists(session, test.operand);
    case 'errorlevel':
      return session.errorLevel >= (wholeNumber(test.operand) ?? Number.POSITIVE_INFINITY);
    case 'cmdextversion':
      return (wholeNumber(test.operand) ?? Number.POSITIVE_INFINITY) <= 2;
    case 'defined':
      return variableValue(session, test.operand.replaceAll('"', '')) !== undefined;
    case 'compare':
      return compares(test, ignoreCase);
  }
}

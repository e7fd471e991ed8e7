import { variableValue } from '../dynamic-variables';
import type { ProgramIo } from '../program';
import type { Builtin, ShellSession } from '../session';
import { ArithmeticError, evaluateArithmetic } from './arithmetic';
import { wrongSyntax } from './switch-words';

/** `set /a`: the value is shown at the prompt, not from a batch file. */
function calculate(session: ShellSession, expression: string, { output, errors }: ProgramIo): number {
  try {
    const value = evaluateArithmetic(expression, {
      get: (name) => variableValue(session, name),
      set: (name, text) => session.environment.set(name, text),
    });
    // No line end, as cmd does.
    if (!session.batch) output.write(String(value));
    return 0;
  } catch (error) {
    if (!(error instanceof ArithmeticError)) throw error;
    errors.write(`${error.message}\r\n`);
    return error.errorLevel;
  }
}

/** `set`, `set PREFIX`, `set NAME=value`, `set "NAME=value"`, `set /p NAME=prompt`, `set /a 1+2`. */
export const set: Builtin = async (session, tail, io) => {
  const { input, output, errors } = io;
  const expression = /^\s*\/a(.*)$/is.exec(tail)?.[1];
  if (expression !== undefined) return calculate(session, expression, io);
  const ask = /^\s*\/p(?=[\s"])/i.test(tail);
  const text = tail.replace(/^\s*\/p(?=[\s"])/i, '').replace(/^[\s,;]+/, '');
  const quoted = /^"(.*)"[^"]*$/s.exec(text)?.[1];
  const [, name, value = ''] = /^([^=]+)=(.*)$/s.exec(quoted ?? text) ?? [];
  if (name !== undefined) {
    if (!ask) {
      session.environment.set(name, value);
      return undefined;
    }
    const answer = await input.readLine(value.replace(/^"(.*)"\s*$/, '$1'));
    // An empty answer leaves the variable as it is.
    if (answer === undefined || answer === '') return 1;
    session.environment.set(name, answer);
    return undefined;
  }
  if (ask || (quoted ?? text).startsWith('=')) {
    errors.write(wrongSyntax);
    return 1;
  }
  const prefix = (quoted ?? text).trim().toUpperCase();
  const found = session.environment.entries().filter(([entry]) => entry.toUpperCase().startsWith(prefix));
  for (const [entry, content] of found) output.write(`${entry}=${content}\r\n`);
  if (found.length > 0 || prefix === '') return undefined;
  errors.write(`Environment variable ${(quoted ?? text).trim()} not defined\r\n`);
  return 1;
};

/** `prompt $P$G`; without a text the default comes back. */
export const prompt: Builtin = async (session, tail) => {
  session.environment.set('PROMPT', tail.trim() || '$P$G');
  return undefined;
};

/** `path`, `path C:\x;D:\y`, `path ;` empties it. */
export const path: Builtin = async (session, tail, { output }) => {
  const value = tail.replace(/^[\s=]+/, '').trimEnd();
  const current = session.environment.get('Path');
  if (value === '') output.write(current === undefined ? 'No Path\r\n' : `PATH=${current}\r\n`);
  else session.environment.set('Path', value === ';' ? '' : value);
  return undefined;
};

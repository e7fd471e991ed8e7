import type { Builtin } from '../session';

/** `set`, `set PREFIX`, `set NAME=value`, `set "NAME=value"`, `set /p NAME=prompt`. */
export const set: Builtin = async (session, tail, { input, output, errors }) => {
  const ask = /^\s*\/p\s/i.test(tail);
  const text = tail.replace(/^\s*\/p\s/i, '').trimStart();
  const quoted = /^"(.*)"[^"]*$/.exec(text)?.[1];
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(quoted ?? text) ?? [];
  if (name !== undefined) {
    session.environment.set(name, ask ? ((await input.readLine(value ?? '')) ?? '') : (value ?? ''));
    return 0;
  }
  const prefix = text.trim().toUpperCase();
  const found = session.environment.entries().filter(([entry]) => entry.toUpperCase().startsWith(prefix));
  for (const [entry, content] of found) output.write(`${entry}=${content}\r\n`);
  if (found.length > 0 || prefix === '') return 0;
  errors.write(`Environment variable ${text.trim()} not defined\r\n`);
  return 1;
};

/** `prompt $P$G`; without a text the default comes back. */
export const prompt: Builtin = async (session, tail) => {
  session.environment.set('PROMPT', tail.trim() || '$P$G');
  return 0;
};

import { FileAttribute } from '../file-attributes';
import type { ProgramIo } from '../program';
import type { Builtin, ShellSession } from '../session';
import { splitWords } from '../split-arguments';
import { WindowsError } from '../windows-error';
import { hasWildcard, joinPath } from '../windows-path';
import { OverwriteQuestion, type Target, targetOf } from './copy-plan';
import { type Match, matchingFiles } from './matching-files';
import { invalidSwitch, switchWords, wrongSyntax } from './switch-words';

const known = /^\/(a|b|d|l|n|v|y|-y|z)$/;

/** Bytes up to the Ctrl-Z that ends a text file of DOS. */
const asText = (bytes: Uint8Array): Uint8Array => {
  const end = bytes.indexOf(0x1a);
  return end < 0 ? bytes : bytes.subarray(0, end);
};

async function readSource(session: ShellSession, { path }: Match, text: boolean): Promise<Uint8Array> {
  const bytes = await session.files.read(path);
  return text ? asText(bytes) : bytes;
}

/** Lines of the keyboard up to Ctrl-Z: `copy con file`. */
async function typedText({ input }: ProgramIo): Promise<Uint8Array> {
  let text = '';
  for (let line = await input.readLine(''); line !== undefined; line = await input.readLine('')) {
    const end = line.indexOf('\u001a');
    if (end >= 0) {
      text += line.slice(0, end);
      break;
    }
    text += `${line}\r\n`;
  }
  return new TextEncoder().encode(text);
}

/** The name that a source has where it is copied under its own name. */
const isDevice = (name: string): boolean => /^(con|nul):?$/i.test(name);

async function sourcesOf(session: ShellSession, names: readonly string[]): Promise<readonly Match[]> {
  const found: Match[] = [];
  for (const name of names) {
    const some = await matchingFiles(session, name);
    if (some.length === 0 && names.length === 1) throw new WindowsError(2);
    found.push(...some);
  }
  return found;
}

async function writable(session: ShellSession, path: string): Promise<void> {
  const there = await session.files.stat(path);
  if (there?.folder) throw new WindowsError(5);
  const [attributes = 0] = there ? await session.files.attributes([path]) : [];
  if ((attributes & FileAttribute.readOnly) !== 0) throw new WindowsError(5);
}

/** Joins the sources into one file. As text (unless `/b`) each ends at its Ctrl-Z and the result gets one. */
async function join(
  session: ShellSession,
  sources: readonly Match[],
  path: string,
  text: boolean,
): Promise<void> {
  const parts: Uint8Array[] = [];
  for (const source of sources) parts.push(await readSource(session, source, text));
  if (text) parts.push(Uint8Array.of(0x1a));
  await session.files.write(path, new Uint8Array(Buffer.concat(parts)));
}

async function copyEach(
  session: ShellSession,
  sources: readonly Match[],
  target: Target,
  question: OverwriteQuestion,
  io: ProgramIo,
  named: boolean,
): Promise<number> {
  let copied = 0;
  for (const { path, facts } of sources) {
    if (named) io.output.write(`${facts.name}\r\n`);
    const to = target.pathFor(facts.name);
    if (to.toLowerCase() === path.toLowerCase()) {
      io.errors.write('The file cannot be copied onto itself.\r\n');
      continue;
    }
    if (!(await question.allows(session, to, (prompt) => io.input.readLine(prompt)))) continue;
    await writable(session, to);
    await session.files.copy(path, to);
    copied++;
  }
  return copied;
}

/**
 * `copy a b`, `copy *.log D:\logs`, `copy a+b c`, `copy con x`; `/y` asks nothing, `/b` joins bytes. Hidden and system
 * files are not found. Returns 1 where nothing was copied.
 */
export const copyFiles: Builtin = async (session, tail, io) => {
  const { switches } = switchWords(tail);
  const unknown = [...switches].find((one) => !known.test(one));
  if (unknown !== undefined) {
    io.errors.write(invalidSwitch(unknown));
    return 1;
  }
  // Blanks around a plus do not matter.
  const plain = tail.replace(/"[^"]*"?|\/[A-Za-z-]+/g, (found) => (found.startsWith('/') ? ' ' : found));
  const [from, typedTarget, surplus] = splitWords(plain.replace(/\s*\+\s*/g, '+'));
  if (from === undefined || surplus !== undefined) {
    io.errors.write(wrongSyntax);
    return 1;
  }
  const names = from.split('+').filter((name) => name !== '');
  const summary = (count: number): number => {
    io.output.write(`${String(count).padStart(9)} file(s) copied.\r\n`);
    return count > 0 ? 0 : 1;
  };
  const question = new OverwriteQuestion(session, switches);
  const [first = ''] = names;
  const target = await targetOf(session, typedTarget ?? (names.length > 1 ? first : '.'));
  if (isDevice(first)) {
    const path = target.folder ? joinPath(target.pathFor(''), first) : target.pathFor(first);
    if (!(await question.allows(session, path, (prompt) => io.input.readLine(prompt)))) return summary(0);
    await writable(session, path);
    await session.files.write(path, /^con/i.test(first) ? await typedText(io) : new Uint8Array());
    return summary(1);
  }
  const sources = await sourcesOf(session, names);
  if (typedTarget !== undefined && /^(con|nul):?$/i.test(typedTarget)) {
    for (const source of sources)
      if (/^con/i.test(typedTarget))
        io.output.write(new TextDecoder().decode(await readSource(session, source, true)));
    return summary(sources.length);
  }
  const severalFrom = names.length > 1 || hasWildcard(from) || sources.length > 1;
  if (severalFrom && !target.folder) {
    const path = target.pathFor('');
    if (typedTarget !== undefined && !(await question.allows(session, path, (ask) => io.input.readLine(ask))))
      return summary(0);
    for (const { facts } of sources) io.output.write(`${facts.name}\r\n`);
    await writable(session, path);
    await join(session, sources, path, !switches.has('/b'));
    return summary(1);
  }
  if (/[\\/]$/.test(typedTarget ?? '') && !target.folder) throw new WindowsError(3);
  return summary(await copyEach(session, sources, target, question, io, severalFrom));
};

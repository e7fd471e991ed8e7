import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ForHead } from './command-node';
import { findMatches, withAttributes } from './commands/matching-files';
import { isConcealed } from './file-attributes';
import { forLines } from './for-lines';
import type { ProgramIo } from './program';
import type { ShellSession } from './session';
import { hasWildcard, joinPath } from './windows-path';

/** What `for` asks of the interpreter. */
export interface ForWork {
  /** Runs the body once. */
  body(): Promise<number>;
  /** Runs a command in a cmd of its own and returns what it wrote. */
  capture(command: string): Promise<string>;
}

/** The words of a set: blanks, commas, semicolons and equals signs separate; quotes protect and stay. */
function items(set: string): readonly string[] {
  return [...set.matchAll(/(?:"[^"]*"?|[^\s,;="])+/g)].map(([word]) => word);
}

/** The names that a pattern stands for, with the folder as typed before them. */
async function matches(session: ShellSession, typed: string, folders: boolean): Promise<readonly string[]> {
  const pattern = typed.replaceAll('"', '');
  const cut = Math.max(pattern.lastIndexOf('\\'), pattern.lastIndexOf('/'), pattern.lastIndexOf(':'));
  const found = await findMatches(session, pattern).catch(() => []);
  const wanted = found.filter(({ facts }) => facts.folder === folders);
  const visible = await withAttributes(session, wanted, (attributes) => !isConcealed(attributes));
  return visible.map(({ facts }) => `${pattern.slice(0, cut + 1)}${facts.name}`);
}

async function eachItem(session: ShellSession, set: string, folders: boolean): Promise<readonly string[]> {
  const values: string[] = [];
  for (const item of items(set)) {
    if (hasWildcard(item)) values.push(...(await matches(session, item, folders)));
    else values.push(item);
  }
  return values;
}

async function* treeItems(session: ShellSession, root: string, set: string): AsyncGenerator<string> {
  const waiting = [root === '' ? session.folder : session.resolvePath(root.replaceAll('"', ''))];
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const inside = await session.files.list(folder).catch(() => []);
    for (const item of items(set)) {
      const path = joinPath(folder, item.replaceAll('"', ''));
      if (hasWildcard(item)) yield* await matches(session, path, false);
      else yield path;
    }
    const below = inside
      .filter((facts) => facts.folder && !facts.junction)
      .map(({ name }) => joinPath(folder, name));
    waiting.unshift(...below);
  }
}

function* numbers(set: string): Generator<string> {
  const [start = 0, step = 0, end = 0] = items(set).map((word) => Number.parseInt(word, 10) || 0);
  for (let value = start; step < 0 ? value >= end : value <= end; value += step) yield String(value);
}

async function* values(
  session: ShellSession,
  head: ForHead,
  work: ForWork,
): AsyncGenerator<readonly string[]> {
  switch (head.kind) {
    case 'each':
    case 'folders':
      for (const value of await eachItem(session, head.set, head.kind === 'folders')) yield [value];
      return;
    case 'tree':
      for await (const value of treeItems(session, head.option, head.set)) yield [value];
      return;
    case 'numbers':
      for (const value of numbers(head.set)) yield [value];
      return;
    case 'lines':
      yield* forLines(session, head, work);
  }
}

/** Runs the loop; its variables vanish afterwards. The texts of `head` are expanded already. */
export async function runFor(
  session: ShellSession,
  head: ForHead,
  io: ProgramIo,
  work: ForWork,
): Promise<number> {
  const before = new Map(session.forVariables);
  let code = session.errorLevel;
  try {
    for await (const found of values(session, head, work)) {
      for (const [index, value] of found.entries())
        session.forVariables.set(String.fromCharCode(head.variable.charCodeAt(0) + index), value);
      code = await work.body();
      if (session.exitCode !== undefined) break;
      // Endless loops must leave the rest of the guest its turn.
      await nextTurn();
      io.keyboard.checkInterrupt?.();
    }
  } finally {
    session.forVariables.clear();
    for (const [name, value] of before) session.forVariables.set(name, value);
  }
  return code;
}

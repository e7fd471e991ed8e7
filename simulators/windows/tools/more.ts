import { type Program, WindowsError } from '../shell';
import { programArguments } from './program-arguments';
import { fileSources, inputLines, type TextSource } from './text-lines';

/**
 * `more [/e] [/s] [/tn] [+n] [file ...]`, `... | more`: page by page on a terminal. Enter shows one line more, Space a page,
 * Q ends. `/s` joins blank lines, `/t` sets the width of a tab, `+n` starts there.
 */
export const more: Program = async (context) => {
  const { terminal, output, errors, keyboard } = context;
  const { switches, words } = programArguments(context.args);
  const start = words.map((word) => /^\+(\d+)$/.exec(word)?.[1]).find((found) => found !== undefined);
  const names = words.filter((word) => !/^\+\d+$/.test(word));
  const tab = switches.map((word) => /^\/t(\d+)$/.exec(word)?.[1]).find((found) => found !== undefined);
  const sources: TextSource[] = [];
  if (names.length === 0) sources.push({ name: undefined, lines: await inputLines(context) });
  for (const name of names) {
    try {
      sources.push(...(await fileSources(context, name)));
    } catch (error) {
      if (!(error instanceof WindowsError)) throw error;
      errors.write(`Cannot access file ${context.resolvePath(name)}\r\n`);
      return 1;
    }
  }
  const lines = sources
    .flatMap(({ lines: some }) => some)
    .slice(Number(start ?? '0'))
    .map((line) => (tab === undefined ? line : line.replaceAll('\t', ' '.repeat(Math.min(Number(tab), 40)))))
    .filter((line, index, all) => !switches.includes('/s') || line !== '' || all[index - 1] !== '');
  const page = terminal ? Math.max(1, terminal.rows - 1) : lines.length;
  let room = page;
  for (const line of lines) {
    if (room === 0 && terminal) {
      output.write('-- More  -- ');
      const key = await keyboard.readKey();
      output.write('\r\u001b[K');
      if (key === undefined || /^q$/i.test(key)) return 0;
      room = key === '\r' ? 1 : page;
    }
    output.write(`${line}\r\n`);
    room--;
  }
  return 0;
};

import { encodeText, type Program } from '../shell';
import { fileSources, inputLines } from './text-lines';

/** `sort [/r] [/+n] [file] [/o target]`: lines in order, blind to case; `/+n` compares from that column on. */
export const sort: Program = async (context) => {
  const { args, errors, files, output } = context;
  let [reverse, column]: [boolean, number] = [false, 1];
  let target: string | undefined;
  const names: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    const from = /^\/\+(\d+)$/.exec(word)?.[1];
    if (from !== undefined) column = Math.max(1, Number(from));
    else if (/^\/r(everse)?$/i.test(word)) reverse = true;
    else if (/^\/o(utput)?$/i.test(word)) target = args[++index];
    else if (word.startsWith('/')) {
      errors.write(`Invalid switch: "${word}"\r\n`);
      return 1;
    } else names.push(word);
  }
  const [name] = names;
  const lines =
    name === undefined
      ? [...(await inputLines(context))]
      : (await fileSources(context, name)).flatMap((source) => [...source.lines]);
  const key = (line: string): string => line.slice(column - 1);
  lines.sort((a, b) => key(a).localeCompare(key(b), 'en', { sensitivity: 'base' }));
  if (reverse) lines.reverse();
  const text = lines.map((line) => `${line}\r\n`).join('');
  if (target === undefined) output.write(text);
  else await files.write(context.resolvePath(target), encodeText(text));
  return 0;
};

import type { Program } from '../shell';
import { programArguments } from './program-arguments';
import { fileSources, inputLines, type TextSource } from './text-lines';

/**
 * `find [/v] [/c] [/n] [/i] "text" [file ...]`: 0 where something was found, 1 where not, 2 for a bad command line. The
 * quotes around the text are gone by now, so a text without them is taken as well (the real one refuses it). An empty
 * text is found in no line: general knowledge, `find /v ""` shows every one.
 */
export const find: Program = async (context) => {
  const { switches, words } = programArguments(context.args);
  const [text, ...names] = words;
  const has = (name: string): boolean => switches.includes(`/${name}`);
  const unknown = switches.find((one) => !/^\/([vcni]|off(line)?)$/.test(one));
  if (unknown !== undefined) {
    context.errors.write('FIND: Invalid switch\r\n');
    return 2;
  }
  if (text === undefined) {
    context.errors.write('FIND: Parameter format not correct\r\n');
    return 2;
  }
  const fold = (line: string): string => (has('i') ? line.toLowerCase() : line);
  let hits = 0;
  const search = ({ name, lines }: TextSource): void => {
    const matches = lines
      .map((line, index) => ({ line, number: index + 1 }))
      .filter(({ line }) => (text !== '' && fold(line).includes(fold(text))) !== has('v'));
    hits += matches.length;
    if (has('c')) {
      const heading = name === undefined ? '' : `\r\n---------- ${name.toUpperCase()}: `;
      context.output.write(`${heading}${matches.length}\r\n`);
      return;
    }
    if (name !== undefined) context.output.write(`\r\n---------- ${name.toUpperCase()}\r\n`);
    for (const { line, number } of matches)
      context.output.write(`${has('n') ? `[${number}]` : ''}${line}\r\n`);
  };
  if (names.length === 0) search({ name: undefined, lines: await inputLines(context) });
  for (const name of names) {
    const sources = await fileSources(context, name).catch(() => undefined);
    if (sources) sources.forEach(search);
    else context.errors.write(`File not found - ${name.toUpperCase()}\r\n`);
  }
  return hits > 0 ? 0 : 1;
};

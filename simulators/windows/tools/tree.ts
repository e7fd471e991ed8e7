import { joinPath, type Program, type ProgramContext } from '../shell';
import { programArguments } from './program-arguments';

interface Signs {
  readonly branch: string;
  readonly last: string;
  readonly through: string;
  readonly blank: string;
}

const lines: Signs = { branch: '├───', last: '└───', through: '│   ', blank: '    ' };
const plain: Signs = { branch: '+---', last: '\\---', through: '|   ', blank: '    ' };

async function draw(
  context: ProgramContext,
  folder: string,
  before: string,
  signs: Signs,
  withFiles: boolean,
): Promise<boolean> {
  const entries = await context.files.list(folder);
  const folders = entries.filter((facts) => facts.folder && !facts.junction);
  if (withFiles) {
    const files = entries.filter((facts) => !facts.folder);
    const stem = `${before}${folders.length > 0 ? signs.through : signs.blank}`;
    for (const { name } of files) context.output.write(`${stem}${name}\r\n`);
    if (files.length > 0) context.output.write(`${stem.trimEnd()}\r\n`);
  }
  for (const [index, { name }] of folders.entries()) {
    const last = index === folders.length - 1;
    context.output.write(`${before}${last ? signs.last : signs.branch}${name}\r\n`);
    const below = `${before}${last ? signs.blank : signs.through}`;
    await draw(context, joinPath(folder, name), below, signs, withFiles);
  }
  return folders.length > 0;
}

/** `tree [path] [/f] [/a]`: folders, and files with `/f`; `/a` draws in ASCII. */
export const tree: Program = async (context) => {
  const { output, files, host } = context;
  const { switches, words } = programArguments(context.args);
  const unknown = switches.find((one) => one !== '/f' && one !== '/a');
  if (unknown !== undefined || words.length > 1) {
    output.write(
      unknown === undefined ? `Too many parameters - ${words[1]}\r\n` : `Invalid switch - ${unknown}\r\n`,
    );
    return 1;
  }
  const [typed = '.'] = words;
  const folder = context.resolvePath(typed);
  const facts = await files.stat(folder);
  const volume = (await host.volumes()).find(({ letter }) => `${letter}:` === folder.slice(0, 2));
  const label = volume?.label ?? '';
  output.write(`Folder PATH listing${label === '' ? '' : ` for volume ${label}`}\r\n`);
  const serial = volume?.serialNumber?.toString(16).toUpperCase().padStart(8, '0');
  if (serial !== undefined)
    output.write(`Volume serial number is ${serial.slice(0, 4)}-${serial.slice(4)}\r\n`);
  output.write(`${typed === '.' ? `${folder.slice(0, 2)}.` : folder.toUpperCase()}\r\n`);
  if (!facts?.folder) {
    output.write(`Invalid path - ${folder.slice(2).toUpperCase()}\r\nNo subfolders exist \r\n\r\n`);
    return 1;
  }
  const some = await draw(
    context,
    folder,
    '',
    switches.includes('/a') ? plain : lines,
    switches.includes('/f'),
  );
  if (!some) output.write('No subfolders exist \r\n\r\n');
  return 0;
};

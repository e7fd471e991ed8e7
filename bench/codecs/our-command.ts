import path from 'node:path';
import { placeCommand } from '../../ci/images/place-command';
import { ensureListing } from '../../images';
import type { Program } from './measure';

type Command = (words: readonly string[]) => Program;

/** `bin/rescue-lab list`, made as the set-up makes it. */
export async function listCommand(say: (line: string) => void): Promise<Command> {
  const image = await ensureListing(say);
  const program = await placeCommand(image, path.resolve(__dirname, '../..'));
  return (words) => ({ name: 'rescue-lab list', command: [program, 'list', ...words] });
}

import path from 'node:path';
import { bundleWithCodeCache } from '../../images/bundle';
import type { Program } from './measure';

/** Bundles our command as users run such programs: one file, started by Node.js, with V8's code cache beside it. */
export async function ourCommand(folder: string): Promise<(words: readonly string[]) => Program> {
  const bundle = path.join(folder, 'command.cjs');
  await bundleWithCodeCache('bench/codecs/command/node-main.ts', bundle);
  return (words) => ({ name: 'ours (Node.js)', command: [process.execPath, bundle, ...words] });
}

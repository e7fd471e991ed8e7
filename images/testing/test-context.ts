import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import type { BuildContext } from '../recipe';

/** What a recipe gets from the store, over a test's own folder: real programs, no other images. */
export function testContext(folder: string): BuildContext {
  const [out, temp] = [path.join(folder, 'out'), path.join(folder, 'temp')];
  mkdirSync(out, { recursive: true });
  mkdirSync(temp, { recursive: true });
  return {
    key: 'a-test',
    out,
    temp,
    image: (recipe) => {
      throw new Error(`This test has no image ${recipe.name}.`);
    },
    run: (command, args, options) => execa(command, args, { stdin: 'ignore', ...options }),
    progress: () => undefined,
  };
}

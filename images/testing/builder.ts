/**
 * A builder in a process of its own, for tests: `builder.ts <cache> <log>` says `half made` in the middle of the build
 * and goes on when it reads a line; at the end it says where the image is.
 */
import { once } from 'node:events';
import { ImageStore } from '../store';
import { logRecipe } from './log-recipe';

async function main([cache = '', log = '']: string[]): Promise<void> {
  const recipe = logRecipe(log, async () => {
    process.stdout.write('half made\n');
    await once(process.stdin, 'data');
  });
  process.stdout.write('starting\n');
  const directory = await new ImageStore(cache).ensure(recipe, () => undefined);
  process.stdout.write(`${directory}\n`);
  process.stdin.destroy();
}

void main(process.argv.slice(2));

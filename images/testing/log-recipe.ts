import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Recipe } from '../recipe';

/**
 * A cheap image for tests of the store: each build of it leaves a line with the builder's process number in `log`.
 * @param meanwhile runs when the image is half made: one of its two files is there
 */
export function logRecipe(log: string, meanwhile: () => Promise<void> = async () => undefined): Recipe {
  return {
    name: 'log',
    summary: 'an image that takes no time',
    needs: [],
    sources: [],
    parameters: { log },
    async build({ out }) {
      await appendFile(log, `${process.pid}\n`);
      await writeFile(path.join(out, 'first'), `first half by ${process.pid}`);
      await meanwhile();
      await writeFile(path.join(out, 'second'), `second half by ${process.pid}`);
    },
  };
}

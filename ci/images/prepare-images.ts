import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StepDisplay } from '../setup/step-display.mjs';

/** What this needs of images/; it says what it does, line by line. */
interface ImagesDoor {
  ensureImages(progress: (line: string) => void): Promise<unknown>;
}

/** Builds the images that are missing, as the last step of the set-up. */
export async function prepareImages(): Promise<void> {
  const door = join(__dirname, '../../images/index.ts');
  if (!existsSync(door)) return;
  const { ensureImages } = require(door) as ImagesDoor;
  const display = new StepDisplay(process.stderr);
  await display.step('Images', async (progress) => {
    await ensureImages(progress);
    return 'all there';
  });
}

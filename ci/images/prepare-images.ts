import { relative, resolve } from 'node:path';
import { ensureImages, ensureListing, type LabImages } from '../../images';
import { prepareWorkstation } from '../../simulators/lab';
import { StepDisplay } from '../setup/step-display.mjs';
import { placeCommand } from './place-command';

const projectRoot = resolve(__dirname, '../..');

/**
 * Builds the images that are missing, as the last step of the set-up, the workstation's where an engine can run it, and
 * puts the program of the listings into its place.
 */
export async function prepareImages(): Promise<LabImages> {
  const display = new StepDisplay(process.stderr);
  let images: LabImages | undefined;
  await display.step('Images', async (progress) => {
    images = await ensureImages(progress);
    return `all ${Object.keys(images).length} there`;
  });
  await display.step('Listings', async (progress) => {
    const program = await placeCommand(await ensureListing(progress), projectRoot);
    return relative(projectRoot, program);
  });
  await display.step('Workstation', prepareWorkstation);
  return images!;
}

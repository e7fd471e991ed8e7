import { ensureImages, type LabImages } from '../../images';
import { prepareWorkstation } from '../../simulators/lab';
import { StepDisplay } from '../setup/step-display.mjs';

/** Builds the images that are missing, as the last step of the set-up; the workstation's where an engine can run it. */
export async function prepareImages(): Promise<LabImages> {
  const display = new StepDisplay(process.stderr);
  let images: LabImages | undefined;
  await display.step('Images', async (progress) => {
    images = await ensureImages(progress);
    return `all ${Object.keys(images).length} there`;
  });
  await display.step('Workstation', prepareWorkstation);
  return images!;
}

/** The images that machines boot: recipes, and the store that builds and keeps them. */
import type { Recipe } from './recipe';
import { bootInitrd } from './recipes/boot-initrd';
import { kernel } from './recipes/kernel';
import { mirroredData } from './recipes/mirrored-data';
import { quickjs } from './recipes/quickjs';
import { rescueCustomer } from './recipes/rescue-customer';
import { standinLayer } from './recipes/standin-layer';
import { userlandBase } from './recipes/userland-base';
import { windowsRescueDisk, windowsServer2008R2Disk } from './recipes/windows-disk';
import { ImageStore, type Progress } from './store';

export type { Recipe } from './recipe';
export type { MirroredVolume } from './recipes/mirrored-data';
export { installedAdministrator } from './recipes/windows-disk';
export { cacheDirectory, type ImageState, ImageStore, type Progress } from './store';

const recipes = {
  kernel,
  quickjs,
  bootInitrd,
  userlandBase,
  standinLayer,
  rescueCustomer,
  windowsRescueDisk,
  windowsServer2008R2Disk,
  mirroredData,
} as const satisfies Record<string, Recipe>;

/** Every image of the lab, those that others need first. */
export const allRecipes: readonly Recipe[] = Object.values(recipes);

/** The directory of each image, by its name in this module. */
export type LabImages = Readonly<Record<keyof typeof recipes, string>>;

/** Builds what is missing and says where each image is. What is there costs milliseconds. */
export async function ensureImages(progress: Progress, store = new ImageStore()): Promise<LabImages> {
  const directories: [string, string][] = [];
  for (const [name, recipe] of Object.entries(recipes)) {
    directories.push([name, await store.ensure(recipe, progress)]);
  }
  return Object.fromEntries(directories) as LabImages;
}

/** What machines boot and the workstation runs in: recipes, and the store that builds and keeps them. */
import path from 'node:path';
import { type InstalledProfileId, windowsProfiles } from '../simulators/windows/profiles';
import type { Recipe } from './recipe';
import { bootCode } from './recipes/boot-code';
import { bootInitrd } from './recipes/boot-initrd';
import { bootPrograms } from './recipes/boot-programs';
import { debianRescue } from './recipes/debian-rescue';
import { emulator } from './recipes/emulator';
import { kernel } from './recipes/kernel';
import { listing, listingEngine } from './recipes/listing';
import { mirroredData } from './recipes/mirrored-data';
import { quickjs } from './recipes/quickjs';
import { rescueCustomer } from './recipes/rescue-customer';
import { standinLayer } from './recipes/standin-layer';
import { userlandBase } from './recipes/userland-base';
import { serverDisk, windowsRescueDisk, windowsServer2008R2Disk } from './recipes/windows-disk';
import { workstation, workstationArchive, workstationTag } from './recipes/workstation';
import { ImageStore, type Progress } from './store';

export { sourceDigest } from './key';
export { linuxParameters, probeLinux } from './linux';
export type { Recipe } from './recipe';
export { emulatorProgram } from './recipes/emulator';
export type { MirroredVolume } from './recipes/mirrored-data';
export { installedAdministrator, serverDisk } from './recipes/windows-disk';
export { cacheDirectory, type ImageState, ImageStore, type Progress } from './store';

const recipes = {
  emulator,
  kernel,
  quickjs,
  bootCode,
  bootPrograms,
  bootInitrd,
  userlandBase,
  standinLayer,
  rescueCustomer,
  debianRescue,
  windowsRescueDisk,
  windowsServer2008R2Disk,
  mirroredData,
} as const satisfies Record<string, Recipe>;

/** The images that every lab needs, those that others need first. */
export const labRecipes: readonly Recipe[] = Object.values(recipes);

/** Disks of servers with every Windows and firmware that can be installed. Each is built when a lab asks for it. */
const serverDisks: readonly Recipe[] = Object.values(windowsProfiles)
  .filter(({ id }) => id !== 'windows-rescue')
  .flatMap(({ id, firmwares }) => firmwares.map((firmware) => serverDisk(id as InstalledProfileId, firmware)))
  .filter(({ name }) => name !== windowsServer2008R2Disk.name);

/**
 * Every image there is. The workstation's is built where a container engine runs, or when it is asked for; the program of
 * the listings belongs to no lab.
 */
export const allRecipes: readonly Recipe[] = [
  ...labRecipes,
  ...serverDisks,
  listingEngine,
  listing,
  workstation,
];

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

/** Builds the program of `rescue-lab list` where it is missing, and says in which directory it is. */
export function ensureListing(progress: Progress, store = new ImageStore()): Promise<string> {
  return store.ensure(listing, progress);
}

/**
 * The workstation's container image: its name in a container engine, and what makes the archive that `docker load`
 * takes. Nothing is built before the archive is asked for.
 */
export async function workstationImage(
  progress: Progress,
  store = new ImageStore(),
): Promise<{ readonly name: string; archive(): Promise<string> }> {
  const { key } = await store.state(workstation);
  return {
    name: workstationTag(key),
    archive: async () => path.join(await store.ensure(workstation, progress), workstationArchive),
  };
}

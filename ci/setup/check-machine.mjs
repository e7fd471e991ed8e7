import { readdirSync, readFileSync, statfsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.mjs';
import { ExitCode } from './exit-codes.mjs';
import { SetupError } from './setup-error.mjs';

export const GIB = 1024 ** 3;

/** What images and waypoints take when nothing is built yet, and what a run needs when they are there. */
const DISK_TO_BUILD = 6 * GIB;
const DISK_TO_RUN = 1 * GIB;
/** Two servers, a nested guest and the builder's own memory; below it the kernel starts to kill guests. */
const MEMORY_NEEDED = 3 * GIB;

/**
 * @typedef {object} MachineFacts
 * @property {string} cache folder of images and waypoints
 * @property {boolean} built whether it holds images
 * @property {number} freeDisk bytes free there for this user
 * @property {number} availableMemory bytes
 * @property {string | undefined} unmapped the user's name where it may not unpack packages for other users' ids
 */

/**
 * @param {Record<string, string | undefined>} environment
 * @returns {MachineFacts}
 */
export function readMachine(environment) {
  const cache = cacheFolder(environment);
  return {
    cache,
    built: holdsImages(cache),
    freeDisk: freeBytes(cache),
    availableMemory: availableMemory(),
    unmapped: userWithoutIds(userInfo(), (file) => readFileSync(file, 'utf8')),
  };
}

/**
 * Stops a run that cannot end well before it downloads anything.
 * @param {MachineFacts} machine
 * @returns {string} one line for people
 */
export function checkMachine(machine) {
  const needed = machine.built ? DISK_TO_RUN : DISK_TO_BUILD;
  if (machine.freeDisk < needed) {
    throw new SetupError(
      `Too little disk: ${machine.cache} has ${gib(machine.freeDisk)} free and ${machine.built ? 'a run' : 'building the images'} ` +
        `needs ${gib(needed)}. Free some, or point RESCUE_LAB_CACHE to a folder on a larger disk.`,
      ExitCode.resources,
    );
  }
  if (machine.availableMemory < MEMORY_NEEDED) {
    throw new SetupError(
      `Too little memory: ${gib(machine.availableMemory)} available, ${gib(MEMORY_NEEDED)} needed. ` +
        'Close other programs or take a larger machine.',
      ExitCode.resources,
    );
  }
  if (machine.unmapped !== undefined && !machine.built) {
    throw new SetupError(
      `Images are built as root or in a user namespace, and ${machine.unmapped} has no user ids to map there: ` +
        `sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${machine.unmapped}`,
      ExitCode.setup,
    );
  }
  return `${gib(machine.freeDisk)} disk free in ${machine.cache} (needs ${gib(needed)}), ${gib(machine.availableMemory)} memory`;
}

/**
 * mmdebstrap works as root, or for users that /etc/subuid and /etc/subgid name (subuid(5)).
 * @param {{ readonly uid: number, readonly username: string }} user
 * @param {(file: string) => string} read
 * @returns {string | undefined} the name of a user that may not
 */
export function userWithoutIds({ uid, username }, read) {
  /** @param {string} file */
  const named = (file) => {
    try {
      return read(file)
        .split('\n')
        .some((line) => line.startsWith(`${username}:`) || line.startsWith(`${uid}:`));
    } catch {
      return false;
    }
  };
  return uid === 0 || ['/etc/subuid', '/etc/subgid'].every(named) ? undefined : username;
}

/** @param {number} bytes */
export function gib(bytes) {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}

/** @param {string} cache */
function holdsImages(cache) {
  try {
    return readdirSync(join(cache, 'images')).length > 0;
  } catch {
    return false;
  }
}

/** Free bytes on the file system of a folder that may not exist yet. @param {string} folder @returns {number} */
export function freeBytes(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch (error) {
    const parent = dirname(folder);
    if (parent === folder) throw error;
    return freeBytes(parent);
  }
}

function availableMemory() {
  const match = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'));
  return match ? Number(match[1]) * 1024 : Number.POSITIVE_INFINITY;
}

import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where images and waypoints are kept: `$RESCUE_LAB_CACHE`, else `rescue-lab` in the user's cache directory.
 * The image store has the same rule; this copy runs before any dependency is installed.
 * @param {Record<string, string | undefined>} environment
 */
export function cacheFolder(environment) {
  const { RESCUE_LAB_CACHE, XDG_CACHE_HOME } = environment;
  return RESCUE_LAB_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'rescue-lab');
}

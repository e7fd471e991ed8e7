import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestSchema, type WaypointManifest } from './manifest';

/** A saved state of a machine: RAM, devices and disks that belong together. Nothing of it ever changes. */
export interface Waypoint {
  readonly directory: string;
  readonly manifest: WaypointManifest;
}

export const waypointFiles = { manifest: 'manifest.json', ram: 'ram', state: 'state' } as const;

/** The waypoint in this folder; undefined when there is none. */
export async function openWaypoint(directory: string): Promise<Waypoint | undefined> {
  const path = join(directory, waypointFiles.manifest);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return { directory, manifest: manifestSchema.parse(JSON.parse(text)) };
  } catch (cause) {
    throw new Error(`${path} is not a waypoint's manifest: remove the folder, it will be made again.`, {
      cause,
    });
  }
}

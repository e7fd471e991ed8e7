import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineParts } from './machine-parts';

let folders = 0;

/** Makes the folder for what a waypoint would keep of this machine: RAM, device state, overlays. */
export async function storageFolder(parts: MachineParts): Promise<string> {
  const { storageDirectory, session } = parts.context;
  if (storageDirectory === undefined) return parts.directory;
  const folder = join(storageDirectory, `.${session.id}-${process.pid}-${++folders}`);
  session.trackPath(folder);
  parts.folders.push(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

import { join } from 'node:path';
import type { DiskSource } from '../disk-arguments';
import { createOverlay } from '../disks/overlay';
import { launch } from '../launch';
import type { MachineContext } from '../machine-context';
import { MachineParts } from '../machine-parts';
import { RunningMachine } from '../running-machine';
import { storageFolder } from '../storage-folder';
import type { ForkPermit } from './can-fork';
import { loadDeviceState } from './migration';
import { copyFileSparsely } from './move-file';
import { waypointFiles } from './waypoint';

export interface ForkOptions {
  /**
   * The fork walks on to another waypoint: it gets RAM of its own (a copy, some 0.1 s per 100 MiB in use)
   * instead of a private view of the waypoint's.
   */
  readonly savable?: boolean;
}

/**
 * Goes on from a waypoint in a new machine, which runs when this returns. Disks that the waypoint keeps are
 * taken from there, through an overlay; the others stand where the description says. The guest's clock and
 * randomness are those of the saved moment: its own software has to renew them.
 */
export async function forkWaypoint(
  { waypoint, description }: ForkPermit,
  context: MachineContext,
  { savable = false }: ForkOptions = {},
): Promise<RunningMachine> {
  const parts = new MachineParts(description, context);
  try {
    const folder = await storageFolder(parts);
    const file = (name: string) => join(waypoint.directory, name);
    const diskSources = new Map<string, DiskSource>();
    const readBefore = new Map();
    for (const disk of waypoint.manifest.disks) {
      if (disk.kind === 'seen') readBefore.set(disk.id, disk.pieces);
      if (disk.kind !== 'stored') continue;
      const overlay = join(folder, `${disk.id}.fork.qcow2`);
      await createOverlay(file(disk.file), overlay, { baseFormat: disk.format });
      diskSources.set(disk.id, { path: overlay, format: 'qcow2' });
    }
    const own = join(folder, 'ram');
    if (savable) await copyFileSparsely(file(waypointFiles.ram), own);
    const memory = { path: savable ? own : file(waypointFiles.ram), share: savable };
    await launch(parts, { folder, memory, incoming: true, diskSources, readBefore });
    await loadDeviceState(parts, file(waypointFiles.state));
    await parts.qmp.execute('cont');
    return new RunningMachine(parts);
  } catch (error) {
    await parts[Symbol.asyncDispose]();
    throw error;
  }
}

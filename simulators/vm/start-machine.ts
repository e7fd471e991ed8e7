import { join } from 'node:path';
import { launch } from './launch';
import type { MachineContext } from './machine-context';
import type { MachineDescription } from './machine-description';
import { MachineParts } from './machine-parts';
import { RunningMachine } from './running-machine';
import { storageFolder } from './storage-folder';

/**
 * Switches a machine on. Its guest runs from here on; dispose it, or its session, to end it. It can be saved as a
 * waypoint where the context has a folder for that.
 * Throws a `MachineError` with QEMU's own words when QEMU does not start.
 */
export async function startMachine(
  description: MachineDescription,
  context: MachineContext,
): Promise<RunningMachine> {
  const parts = new MachineParts(description, context);
  try {
    const folder = await storageFolder(parts);
    const savable = context.storageDirectory !== undefined;
    await launch(parts, { folder, memory: savable ? { path: join(folder, 'ram'), share: true } : undefined });
    return new RunningMachine(parts);
  } catch (error) {
    await parts[Symbol.asyncDispose]();
    throw error;
  }
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineContext } from './machine-context';
import type { MachineDescription } from './machine-description';
import { MachineParts } from './machine-parts';
import { qemuArguments } from './qemu-arguments';
import { RunningMachine } from './running-machine';

/**
 * Switches a machine on. Its guest runs from here on; dispose it, or its session, to end it.
 * Throws a `MachineError` with QEMU's own words when QEMU does not start.
 */
export async function startMachine(
  description: MachineDescription,
  context: MachineContext,
): Promise<RunningMachine> {
  const parts = new MachineParts(description, context);
  try {
    const qmp = await parts.listen('qmp.sock');
    const serial = await parts.listen('serial.sock');
    const argv = qemuArguments(description, {
      accelerator: context.accelerator.kind,
      sessionId: context.session.id,
      memory: { path: join(storageFolder(parts), 'ram'), share: true },
      qmpSocket: qmp.path,
      serialSocket: serial.path,
      serialLog: join(parts.directory, 'serial.log'),
    });
    await parts.spawn(argv, qmp, serial);
    return new RunningMachine(parts);
  } catch (error) {
    await parts[Symbol.asyncDispose]();
    throw error;
  }
}

/** The folder for the guest's RAM. */
export function storageFolder(parts: MachineParts): string {
  const { storageDirectory, session } = parts.context;
  if (storageDirectory === undefined) return parts.directory;
  const folder = join(storageDirectory, `.${session.id}-${process.hrtime.bigint()}`);
  session.trackPath(folder);
  parts.folders.push(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

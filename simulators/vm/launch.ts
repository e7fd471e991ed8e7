import { join } from 'node:path';
import type { DiskSource } from './disk-arguments';
import { uefiVariables } from './firmware';
import type { MachineParts, MemoryFile } from './machine-parts';
import { qemuArguments } from './qemu-arguments';
import type { ContentPiece } from './waypoint/content-pieces';
import { TrackedDisk } from './waypoint/tracked-disk';

interface LaunchOptions {
  /** For overlays that this start makes. */
  readonly folder: string;
  readonly memory: MemoryFile | undefined;
  readonly incoming?: boolean;
  /** Disks that stand elsewhere than the description says. */
  readonly diskSources?: ReadonlyMap<string, DiskSource>;
  /** What was read of tracked disks before, on the way to the waypoint that is forked. */
  readonly readBefore?: ReadonlyMap<string, readonly ContentPiece[]>;
}

/** Starts QEMU for the machine, with overlays in front of the disks whose reads are tracked. */
export async function launch(parts: MachineParts, options: LaunchOptions): Promise<void> {
  const { description, context } = parts;
  const sources = new Map(options.diskSources);
  for (const disk of description.disks ?? []) {
    if (!disk.trackReads || !options.memory?.share || sources.has(disk.id)) continue;
    const tracked = await TrackedDisk.open(disk, options.folder, options.readBefore?.get(disk.id));
    parts.trackedDisks.set(disk.id, tracked);
    sources.set(disk.id, { path: tracked.overlay, format: 'qcow2', copyOnRead: true });
  }
  const qmp = await parts.listen('qmp.sock');
  const serial = await parts.listen('serial.sock');
  const agent = description.guestAgent ? await parts.listen('agent.sock') : undefined;
  parts.memory = options.memory;
  parts.diskSources = sources;
  const argv = qemuArguments(description, {
    accelerator: context.accelerator.kind,
    sessionId: context.session.id,
    memory: options.memory,
    qmpSocket: qmp.path,
    serialSocket: serial.path,
    agentSocket: agent?.path,
    serialLog: join(parts.directory, 'serial.log'),
    resetLog: join(parts.directory, 'cpu-resets.log'),
    uefiVariables: await uefiVariables(description, parts.directory),
    diskSources: sources,
    incoming: options.incoming ?? false,
  });
  await parts.spawn(argv, { qmp, serial, agent });
}

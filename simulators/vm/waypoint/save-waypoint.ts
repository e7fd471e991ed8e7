import { chmod, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { MachineParts, MemoryFile } from '../machine-parts';
import { qemuVersion } from '../qemu-version';
import { goOn } from './boot-mark';
import { insideNestedGuest } from './inside-nested-guest';
import type { WaypointDisk, WaypointManifest } from './manifest';
import { saveDeviceState } from './migration';
import { copyFileSparsely, moveFile } from './move-file';
import { neutralArguments } from './neutral-arguments';
import { storeDisk } from './stored-disk';
import { openWaypoint, type Waypoint, waypointFiles } from './waypoint';

/** From QMP `quit` to the exit of a paused machine (ms). */
const quitDeadline = 30_000;

/** A guest that runs machines itself is saved between two of their turns: how often it is tried, and the pause (ms). */
const nestedAttempts = 200;
const betweenAttempts = 20;

/**
 * Before version 8.2 QEMU opens the RAM file of a fork for writing, although its mapping is private: only
 * root can do that with a read-only file.
 */
const ramMode = process.getuid?.() === 0 ? 0o444 : 0o644;

/**
 * Turns a running machine into a waypoint in `directory` (which appears complete or not at all): pauses it,
 * saves its devices, ends it, and moves its RAM and its writable disks there. Disks whose reads were
 * tracked stay where they are. When another run has saved the same waypoint
 * meanwhile, that one is given back.
 */
export async function saveWaypoint(parts: MachineParts, directory: string, key: string): Promise<Waypoint> {
  const { qmp, description } = parts;
  const memory = await savableMemory(parts);
  const store = dirname(directory);
  const folder = await savingFolder(parts, store);
  const state = join(folder, waypointFiles.state);
  for (let attempt = 1; ; attempt++) {
    await qmp.execute('stop');
    await saveDeviceState(parts, join(parts.directory, 'state.sock'), state);
    if (!description.nestedVirtualization || !(await insideNestedGuest(state))) break;
    if (attempt === nestedAttempts) {
      throw await parts.failure(
        'The guest never left the machines it runs itself, so its state cannot be saved.',
      );
    }
    await rm(state);
    await qmp.execute('cont');
    await pause(betweenAttempts);
  }
  await qmp.execute('quit');
  await parts.waitForExit(quitDeadline, 'to end after its state was saved');

  const disks = await keepDisks(parts, folder, store);
  await moveFile(memory.path, join(folder, waypointFiles.ram));
  await seal(folder, await manifestOf(parts, key, disks));
  await publish(folder, directory);
  await parts[Symbol.asyncDispose]();
  const waypoint = await openWaypoint(directory);
  if (!waypoint) throw new Error(`The waypoint ${directory} was removed as soon as it had been saved.`);
  return waypoint;
}

/**
 * Keeps the state of a machine that stands at the mark of its boot, and lets it go on: its RAM is copied. Nothing is kept of
 * its disks, which its guest has not looked at. The machine goes on also where that fails.
 */
export async function saveBootMark(parts: MachineParts, directory: string, key: string): Promise<void> {
  const folder = await savingFolder(parts, dirname(directory));
  try {
    try {
      const memory = await savableMemory(parts);
      await saveDeviceState(parts, join(parts.directory, 'state.sock'), join(folder, waypointFiles.state));
      await copyFileSparsely(memory.path, join(folder, waypointFiles.ram));
    } finally {
      await goOn(parts);
    }
    const disks = (parts.description.disks ?? []).map(({ id }) => ({ kind: 'given' as const, id }));
    await seal(folder, await manifestOf(parts, key, disks));
    await publish(folder, directory);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The file with the machine's RAM. @throws where there is none that could be kept */
async function savableMemory(parts: MachineParts): Promise<MemoryFile> {
  const { memory } = parts;
  if (memory?.share) return memory;
  throw await parts.failure(
    memory === undefined
      ? 'A machine cannot be saved as a waypoint unless it was started for that: give its context a storageDirectory.'
      : 'A fork cannot be saved as a waypoint unless it was made for that: fork it with { savable: true }.',
  );
}

/** A folder beside the waypoints that nobody takes for one. */
async function savingFolder(parts: MachineParts, store: string): Promise<string> {
  const { context, process: qemu } = parts;
  const folder = join(store, `.${context.session.id}-save-${qemu.pid}`);
  context.session.trackPath(folder);
  parts.folders.push(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

async function manifestOf(
  { context, description }: MachineParts,
  key: string,
  disks: WaypointDisk[],
): Promise<WaypointManifest> {
  return {
    format: 1,
    key,
    qemuVersion: await qemuVersion(),
    accelerator: context.accelerator.kind,
    arguments: neutralArguments(description, context.accelerator.kind),
    disks,
  };
}

async function keepDisks(parts: MachineParts, folder: string, store: string): Promise<WaypointDisk[]> {
  const kept: WaypointDisk[] = [];
  for (const disk of parts.description.disks ?? []) {
    const { id } = disk;
    const tracked = parts.trackedDisks.get(id);
    if (tracked) kept.push({ kind: 'seen', id, ...(await tracked.settle(parts.context.session)) });
    else if (disk.readOnly || disk.interface === 'ide-cdrom') kept.push({ kind: 'given', id });
    else {
      const path = parts.diskSources.get(id)?.path ?? disk.path;
      kept.push({ kind: 'stored', id, ...(await storeDisk({ id, path }, folder, store)) });
    }
  }
  return kept;
}

/** Writes the manifest last, everything to the medium, and takes the write permission away. */
async function seal(folder: string, manifest: WaypointManifest): Promise<void> {
  const path = join(folder, waypointFiles.manifest);
  await using file = await open(path, 'w', 0o600);
  await file.writeFile(`${JSON.stringify(manifest, undefined, 1)}\n`);
  for (const name of await readdir(folder)) {
    await using kept = await open(join(folder, name), 'r');
    await kept.sync();
    await chmod(join(folder, name), name === waypointFiles.ram ? ramMode : 0o444);
  }
}

async function publish(folder: string, directory: string): Promise<void> {
  await chmod(folder, 0o755);
  try {
    await rename(folder, directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    await rm(folder, { recursive: true, force: true });
  }
}

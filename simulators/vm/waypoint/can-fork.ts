import type { MachineContext } from '../machine-context';
import type { DiskDescription, MachineDescription } from '../machine-description';
import { qemuVersion } from '../qemu-version';
import { contentDifference } from './content-pieces';
import type { WaypointDisk } from './manifest';
import { neutralArguments } from './neutral-arguments';
import type { Waypoint } from './waypoint';

/** A waypoint and a machine that were found to fit. */
export interface ForkPermit {
  readonly possible: true;
  readonly waypoint: Waypoint;
  readonly description: MachineDescription;
}

export interface ForkRefusal {
  readonly possible: false;
  /** A sentence: what does not fit. */
  readonly reason: string;
}

/**
 * Whether a machine can go on from a waypoint: the same hardware under the same QEMU, and on the disks
 * whose reads were tracked the same content wherever the guest had looked. Takes some 50 ms per disk.
 */
export async function canFork(
  waypoint: Waypoint,
  description: MachineDescription,
  { accelerator, session }: MachineContext,
): Promise<ForkPermit | ForkRefusal> {
  const { manifest } = waypoint;
  const refuse = (reason: string): ForkRefusal => ({ possible: false, reason: `${reason}.` });
  const version = await qemuVersion();
  if (version !== manifest.qemuVersion) {
    return refuse(`The waypoint was saved by QEMU ${manifest.qemuVersion}, this is ${version}`);
  }
  if (accelerator.kind !== manifest.accelerator) {
    return refuse(
      `The waypoint was saved under ${manifest.accelerator}, this machine runs under ${accelerator.kind}`,
    );
  }
  const difference = firstDifference(manifest.arguments, neutralArguments(description, accelerator.kind));
  if (difference !== undefined) return refuse(`The hardware differs: ${difference}`);
  for (const saved of manifest.disks) {
    const disk = description.disks?.find(({ id }) => id === saved.id);
    const reason = disk && (await contentReason(saved, disk, session));
    if (reason !== undefined) return refuse(`The disk "${saved.id}" does not fit: ${reason}`);
  }
  return { possible: true, waypoint, description };
}

async function contentReason(
  saved: WaypointDisk,
  disk: DiskDescription,
  session: MachineContext['session'],
): Promise<string | undefined> {
  return saved.kind === 'seen' ? contentDifference(disk, saved, session) : undefined;
}

function firstDifference(saved: readonly string[], wanted: readonly string[]): string | undefined {
  const at = Array.from({ length: Math.max(saved.length, wanted.length) }, (_, index) => index).find(
    (index) => saved[index] !== wanted[index],
  );
  if (at === undefined) return undefined;
  return `the waypoint's machine has "${saved[at] ?? 'nothing'}" where this one has "${wanted[at] ?? 'nothing'}"`;
}

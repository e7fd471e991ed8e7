import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, systemRandom } from '../provider';
import { administratorOf, hasGuestAgent, type NovaProvider } from '../provider/nova';
import type { ServerDisk } from '../server';
import type { InstalledImage, WindowsChoice } from './installed-servers';

const EPHEMERAL_BYTES = 64 * 2 ** 20;

/** What makes a lab's cloud another than the usual one. */
export interface CloudChoice {
  /** Whose order the disks of a rescue follow; default libvirt's. */
  readonly virtDriver?: 'libvirt' | 'xen';
  /** The instance has a small ephemeral disk behind its own. */
  readonly ephemeral?: boolean;
  /** QEMU's guest agent runs in the instance, and its image says so. */
  readonly guestAgent?: boolean;
  /** How many servers its host has room for; default: as many as this computer has memory for. */
  readonly room?: number;
  /** Seconds after which a rescue ends by itself. */
  readonly rescueTimeout?: number;
  /** An image for rescues beside the stock image, with what Glance says of it. */
  readonly rescueImage?: {
    readonly windows: WindowsChoice;
    readonly properties: Readonly<Record<string, string>>;
  };
}

interface ChosenCloud {
  readonly choice?: CloudChoice;
  readonly rescueImage?: InstalledImage | undefined;
  readonly clock: Clock;
}

/** Adds the image that was chosen for rescues, and notes its disk. Answers its id. */
export function addRescueImage(
  provider: NovaProvider,
  { choice = {}, rescueImage, clock }: ChosenCloud,
  disks: Map<string, string>,
): string | undefined {
  const stock = provider.images.get(provider.image);
  if (!choice.rescueImage || !rescueImage || !stock) return undefined;
  const { windows, properties } = choice.rescueImage;
  const id = systemRandom().uuid();
  provider.images.add({
    ...stock,
    id,
    name: `Rescue (${windows.profile})`,
    created: clock.now(),
    properties,
  });
  disks.set(id, rescueImage.disk);
  return id;
}

/** An empty disk: sparse, 64 MiB. */
export async function ephemeralDisk(folder: string): Promise<ServerDisk> {
  const file = path.join(folder, 'ephemeral0.raw');
  await writeFile(file, '');
  await truncate(file, EPHEMERAL_BYTES);
  return { id: 'ephemeral0', path: file, format: 'raw', serial: 'RL-ephemeral0' };
}

/** Notes at the stock image that an agent runs in it, where one shall. Answers whose password it sets, or undefined. */
export function chooseAgent(provider: NovaProvider, { guestAgent }: CloudChoice): string | undefined {
  const properties = {
    ...provider.images.get(provider.image)?.properties,
    ...(guestAgent && { hw_qemu_guest_agent: 'yes' }),
  };
  provider.images.update(provider.image, { properties });
  return hasGuestAgent(properties) ? administratorOf(properties) : undefined;
}

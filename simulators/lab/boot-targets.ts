import path from 'node:path';
import { type LabImages, linuxParameters, sourceDigest } from '../../images';
import { DEBIAN_RESCUE, type OvhProvider, type RescueFiles, WINDOWS_RESCUE } from '../provider';
import type { MetadataService } from '../provider/nova';
import type { BootTarget } from '../server';

/**
 * What a boot from disk that failed shows on the serial line: a status (6.0 and 6.1), an error code (since Windows 8), the
 * kernel's stop, NTLDR's words, or those of the boot sectors.
 */
export const BOOT_FAILURE = new RegExp(
  [
    '(?:Status|Error code|Stop code): 0x[0-9a-f]{8}',
    'STOP: c[0-9a-f]{7}',
    'Windows could not start because',
    '(?:BOOTMGR|NTLDR) is missing',
    'BOOTMGR image is corrupt',
    'NTDETECT failed',
    'A disk read error occurred',
    'Invalid partition table',
    '(?:Missing|Error loading) operating system',
  ].join('|'),
);

/** What brings a server from power-on to a waypoint, decides what its guest is told on the way, and saves it. */
const walkingSources = [
  'simulators/lab/boot-targets.ts',
  'simulators/provider/netboot',
  'simulators/provider/nova/metadata',
  'simulators/server',
  'simulators/vm/waypoint',
];

/** Digest of the code that walks to the targets here: a boot that earlier code has saved is not gone on from. */
export function walkingCode(): string {
  return sourceDigest(walkingSources);
}

/** Windows rescue, where its guest asks for its session and has nothing else to do: it is held there for the waypoint. */
export function rescueTarget(boot: {
  readonly code: string;
  readonly images: LabImages;
  readonly provider: OvhProvider;
  /** The server's name at the provider. */
  readonly server: string;
  readonly holdSession: () => Disposable;
}): BootTarget {
  const { code, images, provider, server, holdSession } = boot;
  return {
    name: WINDOWS_RESCUE,
    code,
    images: Object.fromEntries(
      Object.entries(images).map(([name, directory]) => [name, path.basename(directory)]),
    ),
    hold: holdSession,
    reached: async (_machine, signal) => {
      const arrived = (event: { server: string; settled: boolean }) =>
        event.server === server && event.settled;
      await provider.events.waitFor('session-asked', arrived, { signal });
    },
  };
}

/**
 * An image in rescue, where its guest asks the metadata service and has nothing else to do: it is held there. The rescue
 * disk is written to and goes into the waypoint, so that which image it was made of is part of the key.
 * @param image the image's disk; its folder in the image store carries the image's digest
 */
export function stockRescueTarget(code: string, metadata: MetadataService, image: string): BootTarget {
  return {
    name: 'stock-image-rescue',
    code,
    images: { rescue: path.join(path.basename(path.dirname(image)), path.basename(image)) },
    hold: () => metadata.hold(),
    reached: async (_machine, signal) => {
      await metadata.events.waitFor('asked', ({ settled }) => settled, { signal });
    },
  };
}

/** A boot from disk that ends on a failure screen. Nothing is downloaded; what is read from the disks is compared. */
export function bootFailureTarget(code: string): BootTarget {
  return {
    name: 'boot-failure',
    readsDisk: true,
    code,
    images: {},
    hold: () => ({ [Symbol.dispose]: () => undefined }),
    reached: async (machine, signal) => {
      await Promise.race([
        machine.serial.waitFor(BOOT_FAILURE, { deadline: 300_000, what: 'a failed boot' }),
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
        ),
      ]);
    },
  };
}

/** What the netboot hands out for each rescue system. */
export function rescueFiles(images: LabImages): RescueFiles {
  const system = (name: string, more: Readonly<Record<string, string>>) => ({
    kernel: path.join(images.kernel, 'linux'),
    initrd: [path.join(images.rescueCustomer, 'initrd')],
    commandLine: `${linuxParameters} rescue.system=${name} rescue.images=${Object.keys(more).join(',')}`,
    more,
  });
  return {
    [DEBIAN_RESCUE]: system(DEBIAN_RESCUE, {
      'rescue.squashfs': path.join(images.debianRescue, 'rescue.squashfs'),
    }),
    [WINDOWS_RESCUE]: system(WINDOWS_RESCUE, {
      'rescue.squashfs': path.join(images.rescueCustomer, 'rescue.squashfs'),
      'base.squashfs': path.join(images.userlandBase, 'base.squashfs'),
      'standin.squashfs': path.join(images.standinLayer, 'standin.squashfs'),
      'windows-rescue.qcow2': path.join(images.windowsRescueDisk, 'disk.qcow2'),
      vmlinux: path.join(images.kernel, 'vmlinux'),
      'boot-initrd': path.join(images.bootInitrd, 'initrd'),
    }),
  };
}

import path from 'node:path';
import { ImageStore, type Progress, serverDisk } from '../../images';
import { InstalledServer, overlayDisk, type ServerDisk } from '../server';
import { type MachineContext, newUefiVariables, type Session } from '../vm';
import type { BootFirmware, InstalledProfileId } from '../windows/profiles';
import { choosePorts } from './ports';
import { runDiskTool } from './run-disk-tool';

const MEMORY_MIB = 768;
const MAC = '52:54:00:cb:00:80';

/** A Windows, and what the server it is installed on starts with. */
export interface WindowsChoice {
  readonly profile: InstalledProfileId;
  /** Default `BIOS`. */
  readonly firmware?: BootFirmware;
}

/** An image's disk with its firmware. */
export interface InstalledImage {
  /** The qcow2 file: the base of private copies. */
  readonly disk: string;
  readonly firmware: 'bios' | 'uefi';
}

/**
 * The image of a server's disk, which is built when it is not there yet; that takes seconds. Throws a RangeError for a
 * firmware that the version is not installed for here.
 */
export async function installedImage(
  { profile, firmware = 'BIOS' }: WindowsChoice,
  progress: Progress,
): Promise<InstalledImage> {
  const image = await new ImageStore().ensure(serverDisk(profile, firmware), progress);
  return { disk: path.join(image, 'disk.qcow2'), firmware: firmware === 'UEFI' ? 'uefi' : 'bios' };
}

/** Which server, and what it gets besides its own disk. */
export interface InstalledServerChoice extends WindowsChoice {
  /** Default: the profile's. */
  readonly name?: string;
  /** The disks in their order, of which the server's own is given. Default: that alone. */
  readonly disks?: (own: ServerDisk) => readonly ServerDisk[];
  /** The disk group that its Windows has made, where it is not that of the stock image. */
  readonly primaryDiskGroup?: string;
}

/** Makes a server with this Windows on a private copy of the image's disk, switched off and without a provider. */
export async function makeInstalledServer(
  choice: InstalledServerChoice,
  surroundings: { readonly session: Session; readonly context: MachineContext; readonly progress: Progress },
): Promise<InstalledServer> {
  const { name = choice.profile, disks = (own) => [own] } = choice;
  const { session, context, progress } = surroundings;
  const { disk, firmware } = await installedImage(choice, progress);
  const folder = session.tempDir(name);
  const own = await overlayDisk(folder, 'system', disk);
  if (choice.primaryDiskGroup !== undefined) await setPrimaryDiskGroup(own, choice.primaryDiskGroup);
  const address = session.allocateAddress();
  const uefiVariables = path.join(folder, 'uefi-variables.fd');
  if (firmware === 'uefi') await newUefiVariables(uefiVariables);
  return new InstalledServer({
    name,
    mac: MAC,
    address,
    ports: await choosePorts(address),
    memoryMiB: MEMORY_MIB,
    firmware,
    ...(firmware === 'uefi' ? { uefiVariables } : {}),
    disks: disks(own),
    context,
  });
}

async function setPrimaryDiskGroup(disk: ServerDisk, name: string): Promise<void> {
  const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\dmio\\Boot Info\\Primary Disk Group';
  await runDiskTool([disk], 'reg', ['add', key, '/v', 'Name', '/d', name, '/f']);
}

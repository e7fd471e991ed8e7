import path from 'node:path';
import { ImageStore, type Progress, serverDisk } from '../../images';
import { InstalledServer, overlayDisk, type ServerDisk } from '../server';
import { type MachineContext, newUefiVariables, type Session } from '../vm';
import type { BootFirmware, InstalledProfileId } from '../windows/profiles';
import { choosePorts } from './ports';

const MEMORY_MIB = 768;
const MAC = '52:54:00:cb:00:80';

/** Which server, and what it gets besides its own disk. */
export interface InstalledServerChoice {
  readonly profile: InstalledProfileId;
  /** Default `BIOS`. */
  readonly firmware?: BootFirmware;
  readonly name?: string;
  /** Disks in front of or behind the server's own, which stands in their order as `own`. Default: that alone. */
  readonly disks?: (own: ServerDisk) => readonly ServerDisk[];
}

/**
 * Makes a server with this Windows on a private copy of the image's disk, switched off and without a provider. The image is
 * built when it is not there yet, which takes seconds. Throws a RangeError for a firmware that the version is not installed
 * for here.
 */
export async function makeInstalledServer(
  choice: InstalledServerChoice,
  surroundings: {
    readonly session: Session;
    readonly context: MachineContext;
    readonly progress?: Progress;
    readonly store?: ImageStore;
  },
): Promise<InstalledServer> {
  const { profile, firmware = 'BIOS', name = profile, disks = (own) => [own] } = choice;
  const { session, context, progress = () => undefined, store = new ImageStore() } = surroundings;
  const image = await store.ensure(serverDisk(profile, firmware), progress);
  const folder = session.tempDir(name);
  const own = await overlayDisk(folder, 'system', path.join(image, 'disk.qcow2'));
  const address = session.allocateAddress();
  const uefiVariables = path.join(folder, 'uefi-variables.fd');
  if (firmware === 'UEFI') await newUefiVariables(uefiVariables);
  return new InstalledServer({
    name,
    mac: MAC,
    address,
    ports: await choosePorts(address),
    memoryMiB: MEMORY_MIB,
    firmware: firmware === 'UEFI' ? 'uefi' : 'bios',
    ...(firmware === 'UEFI' ? { uefiVariables } : {}),
    disks: disks(own),
    context,
  });
}

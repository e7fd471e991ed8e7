import { HiveFormatError } from '../../../disk/regf';
import { windowsVersionOf } from '../../../disk/registry';
import { type FileAccess, readHiveFile, WindowsError } from '../../shell';
import type { VolumeView, WindowsHost } from '../../windows-host';
import { runningVolume } from '../volumes';

/** A Windows on a volume. */
export interface Installation {
  readonly volume: VolumeView;
  /** `\Windows` */
  readonly systemRoot: string;
  /** `ProductName` of its SOFTWARE hive, e.g. `Windows Server 2008 R2 Standard`; undefined where none can be read. */
  readonly productName: string | undefined;
}

const SYSTEM_ROOT = '\\Windows';

/** The installations on all volumes but the running system's own: a recovery environment does not find itself. */
export async function findInstallations(
  host: WindowsHost,
  files: FileAccess,
): Promise<readonly Installation[]> {
  const found: Installation[] = [];
  const running = await runningVolume(host);
  for (const volume of await host.volumes()) {
    if (volume.number === running?.number) continue;
    const installation = await installationOn(files, volume, SYSTEM_ROOT);
    if (installation) found.push(installation);
  }
  return found;
}

/** The installation in a folder of a volume; undefined where there is no SYSTEM hive. */
export async function installationOn(
  files: FileAccess,
  volume: VolumeView,
  systemRoot: string,
): Promise<Installation | undefined> {
  const config = `${volume.devicePath}${systemRoot}\\System32\\config`;
  const system = await files.stat(`${config}\\SYSTEM`).catch(() => undefined);
  if (!system || system.folder) return undefined;
  return { volume, systemRoot, productName: await productName(files, `${config}\\SOFTWARE`) };
}

async function productName(files: FileAccess, software: string): Promise<string | undefined> {
  try {
    return windowsVersionOf(await readHiveFile(files, software)).productName;
  } catch (error) {
    // A hive that is absent or damaged hides the name, not the installation.
    if (error instanceof HiveFormatError || error instanceof WindowsError) return undefined;
    throw error;
  }
}

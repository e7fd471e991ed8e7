import { DiskFormatError } from '../../disk/bytes';
import { type Hive, parseHive } from '../../disk/regf';
import { type FileAccess, WindowsError } from '../shell';
import type { VolumeView } from '../windows-host';

/** A Windows that is installed on a volume. */
export interface InstalledWindows {
  readonly volume: VolumeView;
  /** Its SYSTEM and SOFTWARE hives; undefined where they cannot be read. */
  readonly system: Hive | undefined;
  readonly software: Hive | undefined;
  /** Why a hive cannot be read. */
  readonly damage: readonly string[];
}

const CONFIG = '\\Windows\\System32\\config';

/** Every volume with a `\Windows\System32\config`, in their order. */
export async function findWindows(
  volumes: readonly VolumeView[],
  files: FileAccess,
): Promise<InstalledWindows[]> {
  const found: InstalledWindows[] = [];
  for (const volume of volumes) {
    if (volume.mountPoint === undefined) continue;
    const folder = `${volume.devicePath}${CONFIG}`;
    if (!(await files.stat(folder).catch(() => undefined))?.folder) continue;
    const damage: string[] = [];
    const [system, software] = await Promise.all(
      ['SYSTEM', 'SOFTWARE'].map((name) => readHive(files, `${folder}\\${name}`, damage)),
    );
    found.push({ volume, system, software, damage });
  }
  return found;
}

async function readHive(files: FileAccess, path: string, damage: string[]): Promise<Hive | undefined> {
  try {
    return parseHive(await files.read(path));
  } catch (error) {
    if (!(error instanceof DiskFormatError || error instanceof WindowsError)) throw error;
    damage.push(`${path}: ${error.message}`);
    return undefined;
  }
}

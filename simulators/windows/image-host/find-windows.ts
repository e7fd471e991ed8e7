import { DiskFormatError } from '../../disk/bytes';
import type { Hive } from '../../disk/regf';
import { type FileAccess, readHiveFile, WindowsError } from '../shell';
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

/** As much of a hive as can be read; what cannot is told. */
async function readHive(files: FileAccess, path: string, damage: string[]): Promise<Hive | undefined> {
  const name = path.slice(path.lastIndexOf('\\') + 1);
  try {
    const hive = await readHiveFile(files, path, {
      onDamage: ({ path: key, part, offset, reason }) =>
        damage.push(
          `The hive ${name} is damaged at byte ${offset}: ${reason} (${part} of ${key || 'the root key'}).`,
        ),
    });
    if (hive.properties.state === 'unrecovered')
      damage.push(`The hive ${name} was not written to its end, and no log beside it completes it.`);
    return hive;
  } catch (error) {
    if (!(error instanceof DiskFormatError || error instanceof WindowsError)) throw error;
    damage.push(`The hive ${name} cannot be read: ${error.message}`);
    return undefined;
  }
}

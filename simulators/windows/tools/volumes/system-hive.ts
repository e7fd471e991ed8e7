import { type Hive, HiveFormatError, parseHive } from '../../../disk/regf';
import { SamError } from '../../../disk/sam';
import { type FileAccess, WindowsError } from '../../shell';
import type { WindowsHost } from '../../windows-host';

/**
 * Changes the running system's SYSTEM hive, old or new as a whole. False where it is not there, cannot be written or is
 * no SYSTEM hive.
 */
export async function changeSystemHive(
  host: WindowsHost,
  files: FileAccess,
  change: (hive: Hive) => void,
): Promise<boolean> {
  const path = `${host.systemDrive}:\\Windows\\System32\\config\\SYSTEM`;
  try {
    const hive = parseHive(await files.read(path));
    change(hive);
    await files.writeAtomically(path, hive.serialize());
    return true;
  } catch (error) {
    if (error instanceof WindowsError || error instanceof HiveFormatError || error instanceof SamError) {
      return false;
    }
    throw error;
  }
}

import { type Hive, HiveFormatError, parseHive } from '../../../disk/regf';
import { currentControlSet, SamError } from '../../../disk/sam';
import { type FileAccess, WindowsError } from '../../shell';
import type { VolumeView, WindowsHost } from '../../windows-host';

/** What Windows runs at its next start, before anything has files open. */
const AUTOCHECK = 'autocheck autochk /p';

/**
 * Writes a check of the volume into `BootExecute` of the running system's SYSTEM hive, as real chkdsk does. A stand-in
 * does not run it (our limit). False where the hive cannot be changed.
 */
export async function scheduleCheck(
  host: WindowsHost,
  files: FileAccess,
  volume: VolumeView,
): Promise<boolean> {
  const path = `${host.systemDrive}:\\Windows\\System32\\config\\SYSTEM`;
  try {
    const hive = parseHive(await files.read(path));
    addCheck(
      hive,
      `${AUTOCHECK} \\??\\${volume.letter === undefined ? volume.devicePath : `${volume.letter}:`}`,
    );
    await files.writeAtomically(path, hive.serialize());
    return true;
  } catch (error) {
    if (error instanceof WindowsError || error instanceof HiveFormatError || error instanceof SamError) {
      return false;
    }
    throw error;
  }
}

function addCheck(hive: Hive, line: string): void {
  const manager = hive.createKey(`${currentControlSet(hive)}\\Control\\Session Manager`);
  const lines = manager.getStrings('BootExecute') ?? ['autocheck autochk *'];
  if (!lines.includes(line)) manager.setStrings('BootExecute', [line, ...lines]);
}

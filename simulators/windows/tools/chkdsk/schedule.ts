import { currentControlSet } from '../../../disk/sam';
import type { FileAccess } from '../../shell';
import type { VolumeView, WindowsHost } from '../../windows-host';
import { tryChangeSystem } from '../system-hives';

/** What Windows runs at its next start, before anything has files open. */
const AUTOCHECK = 'autocheck autochk /p';

/**
 * Writes a check of the volume into `BootExecute` of the running system's SYSTEM hive, as real chkdsk does. A stand-in
 * does not run it (our limit). False where the hive cannot be changed.
 */
export function scheduleCheck(host: WindowsHost, files: FileAccess, volume: VolumeView): Promise<boolean> {
  const name = volume.letter === undefined ? volume.devicePath : `${volume.letter}:`;
  const line = `${AUTOCHECK} \\??\\${name}`;
  return tryChangeSystem({ host, files }, (hive) => {
    const manager = hive.createKey(`${currentControlSet(hive)}\\Control\\Session Manager`);
    const lines = manager.getStrings('BootExecute') ?? ['autocheck autochk *'];
    if (!lines.includes(line)) manager.setStrings('BootExecute', [line, ...lines]);
  });
}

import type { BootFirmware } from '../../../disk/bcd';
import type { FileAccess, FileFacts } from '../../shell';
import type { VolumeView } from '../../windows-host';
import { bootFolder, type Installation, makeFolder } from '../boot-repair';

/** Where an installation keeps boot files for a firmware (Microsoft's BCDBoot page). */
const SOURCES: Readonly<Record<BootFirmware, string>> = { BIOS: 'Boot\\PCAT', UEFI: 'Boot\\EFI' };

/** Files of the BIOS' folder that belong into the root of the system partition. */
const ROOT_FILES: readonly string[] = ['bootmgr', 'bootnxt'];

/** The boot manager that a system partition needs, by firmware. */
const BOOT_MANAGERS: Readonly<Record<BootFirmware, string>> = {
  BIOS: '\\bootmgr',
  UEFI: '\\EFI\\Microsoft\\Boot\\bootmgfw.efi',
};

/**
 * Copies the boot files of an installation to the system volume: `\Windows\Boot\PCAT` to `\` and `\Boot`, or
 * `\Windows\Boot\EFI` to `\EFI\Microsoft\Boot` with `\EFI\Boot\bootx64.efi`; fonts in both cases.
 * @param say hears of each file.
 * @returns false where the system volume has no boot manager then: the installation keeps none and none was there.
 */
export async function copyBootFiles(
  files: FileAccess,
  installation: Installation,
  system: VolumeView,
  firmware: BootFirmware,
  say: (sentence: string) => void,
): Promise<boolean> {
  const windows = `${installation.volume.devicePath}${installation.systemRoot}`;
  const target = `${system.devicePath}${bootFolder(firmware)}`.replace(/\\$/, '');
  const copy = async (from: string, to: string): Promise<void> => {
    say(`BFSVC: Copying ${from} to ${to}`);
    await files.copy(from, to);
  };
  const copyFolder = async (from: string, to: string): Promise<void> => {
    await makeFolder(files, to);
    for (const { name, folder } of await contents(files, from)) {
      const inRoot = firmware === 'BIOS' && ROOT_FILES.includes(name.toLowerCase());
      if (folder) await copyFolder(`${from}\\${name}`, `${to}\\${name}`);
      else await copy(`${from}\\${name}`, inRoot ? `${system.devicePath}\\${name}` : `${to}\\${name}`);
    }
  };
  await copyFolder(`${windows}\\${SOURCES[firmware]}`, target);
  if ((await contents(files, `${windows}\\Boot\\Fonts`)).length > 0) {
    await copyFolder(`${windows}\\Boot\\Fonts`, `${target}\\Fonts`);
  }
  const manager = `${system.devicePath}${BOOT_MANAGERS[firmware]}`;
  if (!(await files.stat(manager))) return false;
  if (firmware === 'UEFI') {
    await makeFolder(files, `${system.devicePath}\\EFI\\Boot`);
    await copy(manager, `${system.devicePath}\\EFI\\Boot\\bootx64.efi`);
  }
  return true;
}

/** The contents of a folder; none where it is absent. */
async function contents(files: FileAccess, folder: string): Promise<readonly FileFacts[]> {
  const found = await files.stat(folder);
  return found?.folder ? files.list(folder) : [];
}

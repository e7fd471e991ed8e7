import type { BcdObject } from './bcd-object';
import type { BcdStore } from './bcd-store';
import type { BcdDevice } from './device';
import {
  LIBRARY_ELEMENTS as LIBRARY,
  OS_LOADER_ELEMENTS as LOADER,
  RESUME_ELEMENTS as RESUME,
} from './element-tables';
import { inherit, setNames } from './entry-parts';
import { BcdObjectType as Type } from './object-types';

/** Which firmware a store is for: the names of the programs differ. */
export type BootFirmware = 'BIOS' | 'UEFI';

export interface WindowsEntryOptions {
  /** Where the system folder lies. */
  readonly windowsPartition: BcdDevice;
  /** The loader entry's name in the menu. */
  readonly description: string;
  /** Object ids of the two entries. */
  readonly loaderId: string;
  readonly resumeId: string;
  /** Default `BIOS`. */
  readonly firmware?: BootFirmware;
  /** Default `\Windows`. */
  readonly systemRoot?: string;
  /** Default `en-US`. */
  readonly locale?: string | undefined;
}

/** Adds an installation: its loader, and the entry that resumes it from hibernation. Returns the loader. */
export function addWindowsEntry(store: BcdStore, options: WindowsEntryOptions): BcdObject {
  addResume(store, options);
  const { loaderId, resumeId, windowsPartition, systemRoot = '\\Windows' } = options;
  const loader = store.createObject(loaderId, Type.osLoader);
  loader.setDevice(LIBRARY.device, windowsPartition);
  loader.setString(LIBRARY.path, `${systemRoot}\\system32\\winload.${programSuffix(options.firmware)}`);
  setNames(loader, options.description, options.locale);
  inherit(store, loader, '{bootloadersettings}');
  loader.setDevice(LOADER.osdevice, windowsPartition);
  loader.setString(LOADER.systemroot, systemRoot);
  loader.setObject(LOADER.resumeobject, resumeId);
  loader.setInteger(LOADER.nx, 1);
  return loader;
}

function addResume(store: BcdStore, options: WindowsEntryOptions): void {
  const { resumeId, windowsPartition, systemRoot = '\\Windows' } = options;
  const resume = store.createObject(resumeId, Type.resume);
  resume.setDevice(LIBRARY.device, windowsPartition);
  resume.setString(LIBRARY.path, `${systemRoot}\\system32\\winresume.${programSuffix(options.firmware)}`);
  setNames(resume, 'Windows Resume Application', options.locale);
  inherit(store, resume, '{resumeloadersettings}');
  resume.setDevice(RESUME.filedevice, windowsPartition);
  resume.setString(RESUME.filepath, '\\hiberfil.sys');
  resume.setBoolean(RESUME.debugoptionenabled, false);
}

function programSuffix(firmware: BootFirmware = 'BIOS'): string {
  return firmware === 'UEFI' ? 'efi' : 'exe';
}

import type { HiveClock } from '../regf';
import { BcdStore } from './bcd-store';
import type { BcdDevice } from './device';
import {
  BOOT_MANAGER_ELEMENTS as BOOT,
  LIBRARY_ELEMENTS as LIBRARY,
  OS_LOADER_ELEMENTS as LOADER,
} from './element-tables';
import { identifiers, inherit, setNames } from './entry-parts';
import { BcdObjectType as Type } from './object-types';
import { addWindowsEntry, type BootFirmware } from './windows-entry';

export interface InstalledStoreOptions {
  /** Where bootmgr, `\Boot\BCD` and `\boot\memtest.exe` lie. */
  readonly systemPartition: BcdDevice;
  /** Where `\Windows` lies. */
  readonly windowsPartition: BcdDevice;
  /** Default `en-US`. */
  readonly locale?: string | undefined;
  /** The loader entry's name in the menu. Default `Windows Server 2008 R2`. */
  readonly description?: string;
  /** Seconds that the menu stays. Default 30. */
  readonly timeout?: number;
  /** Object ids of the two entries that every installation draws anew. */
  readonly loaderId?: string;
  readonly resumeId?: string;
  /** False leaves {memdiag} out, as some installations do. Default true. */
  readonly memoryTester?: boolean;
  /** Adds {ntldr}, as on the 2008 servers of a provider's guide; it is in no menu. Default false. */
  readonly legacyLoader?: boolean;
  /** Default `BIOS`. */
  readonly firmware?: BootFirmware;
  /** Default `\Windows`. */
  readonly systemRoot?: string;
  readonly clock?: HiveClock;
}

const DEFAULT_LOADER_ID = '{1fd3f1a6-0f5c-11e6-8c7d-e5b3d9a1c402}';
const DEFAULT_RESUME_ID = '{1fd3f1a5-0f5c-11e6-8c7d-e5b3d9a1c402}';

/**
 * The system store of an installed Windows Server 2008 R2 with BIOS: its objects and how they inherit are those of the
 * full stores in formats.md 1.2-1.4. Debugger, EMS and hypervisor figures are the usual defaults, our choice.
 */
export function createInstalledStore(options: InstalledStoreOptions): BcdStore {
  const { clock, loaderId = DEFAULT_LOADER_ID, resumeId = DEFAULT_RESUME_ID } = options;
  const store = BcdStore.create({ system: true, ...(clock ? { clock } : {}) });
  addSettings(store);
  addBootManager(store, options, loaderId, resumeId);
  addWindowsEntry(store, {
    ...options,
    loaderId,
    resumeId,
    description: options.description ?? 'Windows Server 2008 R2',
  });
  if (options.memoryTester ?? true) addMemoryTester(store, options);
  if (options.legacyLoader) addLegacyLoader(store, options);
  return store;
}

function addSettings(store: BcdStore): void {
  const ems = store.createObject('{emssettings}', Type.inheritAny);
  ems.setBoolean(LIBRARY.bootems, true);
  const debug = store.createObject('{dbgsettings}', Type.inheritAny);
  debug.setInteger(LIBRARY.debugtype, 0);
  debug.setInteger(LIBRARY.debugport, 1);
  debug.setInteger(LIBRARY.baudrate, 115_200);
  store.createObject('{badmemory}', Type.inheritAny);
  const global = store.createObject('{globalsettings}', Type.inheritAny);
  inherit(store, global, '{dbgsettings}', '{emssettings}', '{badmemory}');
  const hypervisor = store.createObject('{hypervisorsettings}', Type.inheritOsLoader);
  hypervisor.setInteger(LOADER.hypervisordebugtype, 0);
  hypervisor.setInteger(LOADER.hypervisordebugport, 1);
  hypervisor.setInteger(LOADER.hypervisorbaudrate, 115_200);
  const loaders = store.createObject('{bootloadersettings}', Type.inheritOsLoader);
  inherit(store, loaders, '{globalsettings}', '{hypervisorsettings}');
  const resumes = store.createObject('{resumeloadersettings}', Type.inheritResume);
  inherit(store, resumes, '{globalsettings}');
}

function addBootManager(
  store: BcdStore,
  options: InstalledStoreOptions,
  loaderId: string,
  resumeId: string,
): void {
  const bootManager = store.createObject('{bootmgr}', Type.bootManager);
  bootManager.setDevice(LIBRARY.device, options.systemPartition);
  if (options.firmware === 'UEFI') {
    bootManager.setString(LIBRARY.path, '\\EFI\\Microsoft\\Boot\\bootmgfw.efi');
  }
  setNames(bootManager, 'Windows Boot Manager', options.locale);
  inherit(store, bootManager, '{globalsettings}');
  bootManager.setObject(BOOT.default, loaderId);
  bootManager.setObject(BOOT.resumeobject, resumeId);
  bootManager.setObjects(BOOT.displayorder, [loaderId]);
  bootManager.setObjects(BOOT.toolsdisplayorder, identifiers(store, '{memdiag}'));
  bootManager.setInteger(BOOT.timeout, options.timeout ?? 30);
}

function addMemoryTester(store: BcdStore, options: InstalledStoreOptions): void {
  const tester = store.createObject('{memdiag}', Type.memoryTester);
  tester.setDevice(LIBRARY.device, options.systemPartition);
  const path = options.firmware === 'UEFI' ? '\\EFI\\Microsoft\\Boot\\memtest.efi' : '\\boot\\memtest.exe';
  tester.setString(LIBRARY.path, path);
  setNames(tester, 'Windows Memory Diagnostic', options.locale);
  inherit(store, tester, '{globalsettings}');
  tester.setBoolean(LIBRARY.badmemoryaccess, true);
}

/** Path and name are general knowledge. */
function addLegacyLoader(store: BcdStore, options: InstalledStoreOptions): void {
  const loader = store.createObject('{ntldr}', Type.legacyLoader);
  loader.setDevice(LIBRARY.device, options.systemPartition);
  loader.setString(LIBRARY.path, '\\ntldr');
  loader.setString(LIBRARY.description, 'Earlier Version of Windows');
}

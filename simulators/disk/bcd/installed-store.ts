import type { HiveClock } from '../regf';
import type { BcdObject } from './bcd-object';
import { BcdStore } from './bcd-store';
import type { BcdDevice } from './device';
import {
  BOOT_MANAGER_ELEMENTS as BOOT,
  LIBRARY_ELEMENTS as LIBRARY,
  OS_LOADER_ELEMENTS as LOADER,
  RESUME_ELEMENTS as RESUME,
} from './element-tables';
import { BcdObjectType as Type } from './object-types';

export interface InstalledStoreOptions {
  /** Where bootmgr, `\Boot\BCD` and `\boot\memtest.exe` lie. */
  readonly systemPartition: BcdDevice;
  /** Where `\Windows` lies. */
  readonly windowsPartition: BcdDevice;
  /** Default `en-US`. */
  readonly locale?: string;
  /** The loader entry's name in the menu. Default `Windows Server 2008 R2`. */
  readonly description?: string;
  /** Seconds that the menu stays. Default 30. */
  readonly timeout?: number;
  /** Object ids of the two entries that every installation draws anew. */
  readonly loaderId?: string;
  readonly resumeId?: string;
  /** False leaves {memdiag} out, as some installations do. Default true. */
  readonly memoryTester?: boolean;
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
  addLoader(store, options, loaderId, resumeId);
  addResume(store, options, resumeId);
  if (options.memoryTester ?? true) addMemoryTester(store, options);
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
  setNames(bootManager, 'Windows Boot Manager', options);
  inherit(store, bootManager, '{globalsettings}');
  bootManager.setObject(BOOT.default, loaderId);
  bootManager.setObject(BOOT.resumeobject, resumeId);
  bootManager.setObjects(BOOT.displayorder, [loaderId]);
  bootManager.setObjects(BOOT.toolsdisplayorder, identifiers(store, '{memdiag}'));
  bootManager.setInteger(BOOT.timeout, options.timeout ?? 30);
}

function addLoader(
  store: BcdStore,
  options: InstalledStoreOptions,
  loaderId: string,
  resumeId: string,
): void {
  const loader = store.createObject(loaderId, Type.osLoader);
  loader.setDevice(LIBRARY.device, options.windowsPartition);
  loader.setString(LIBRARY.path, '\\Windows\\system32\\winload.exe');
  setNames(loader, options.description ?? 'Windows Server 2008 R2', options);
  inherit(store, loader, '{bootloadersettings}');
  loader.setDevice(LOADER.osdevice, options.windowsPartition);
  loader.setString(LOADER.systemroot, '\\Windows');
  loader.setObject(LOADER.resumeobject, resumeId);
  loader.setInteger(LOADER.nx, 1);
}

function addResume(store: BcdStore, options: InstalledStoreOptions, resumeId: string): void {
  const resume = store.createObject(resumeId, Type.resume);
  resume.setDevice(LIBRARY.device, options.windowsPartition);
  resume.setString(LIBRARY.path, '\\Windows\\system32\\winresume.exe');
  setNames(resume, 'Windows Resume Application', options);
  inherit(store, resume, '{resumeloadersettings}');
  resume.setDevice(RESUME.filedevice, options.windowsPartition);
  resume.setString(RESUME.filepath, '\\hiberfil.sys');
  resume.setBoolean(RESUME.debugoptionenabled, false);
}

function addMemoryTester(store: BcdStore, options: InstalledStoreOptions): void {
  const tester = store.createObject('{memdiag}', Type.memoryTester);
  tester.setDevice(LIBRARY.device, options.systemPartition);
  tester.setString(LIBRARY.path, '\\boot\\memtest.exe');
  setNames(tester, 'Windows Memory Diagnostic', options);
  inherit(store, tester, '{globalsettings}');
  tester.setBoolean(LIBRARY.badmemoryaccess, true);
}

function setNames(object: BcdObject, description: string, options: InstalledStoreOptions): void {
  object.setString(LIBRARY.description, description);
  object.setString(LIBRARY.locale, options.locale ?? 'en-US');
}

function inherit(store: BcdStore, object: BcdObject, ...aliases: readonly string[]): void {
  object.setObjects(LIBRARY.inherit, identifiers(store, ...aliases));
}

function identifiers(store: BcdStore, ...aliases: readonly string[]): string[] {
  return aliases.map((alias) => store.resolveIdentifier(alias) ?? alias);
}

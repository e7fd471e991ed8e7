import {
  BcdFormatError,
  type BcdObject,
  BcdObjectType,
  BcdStore,
  BOOT_MANAGER_ELEMENTS,
  LIBRARY_ELEMENTS,
  OS_LOADER_ELEMENTS,
} from '../../disk/bcd';
import { HiveFormatError } from '../../disk/regf';
import type { BootEra } from './boot-era';
import { type BootFailure, bootManagerFailure, bootSectorFailure } from './boot-failure';
import type { DiskTable, FileExists, PartitionPlace } from './disks';
import { type ResolvedDevice, resolveDevice } from './resolve-device';

export interface BootSituation {
  /** Content of `\Boot\BCD` on the boot partition; undefined where the file is absent. */
  readonly storeBytes: Uint8Array | undefined;
  /** The logs beside it, which recover a store that was not closed. */
  readonly storeLogs?: readonly Uint8Array[];
  readonly disks: readonly DiskTable[];
  /** Index of the disk that the firmware boots. */
  readonly bootDisk: number;
  /** Index of its active partition; undefined where none is active. */
  readonly bootPartition: number | undefined;
  readonly fileExists: FileExists;
  readonly era: BootEra;
  /** With UEFI the boot partition is the EFI system partition. BIOS where not given. */
  readonly firmware?: 'BIOS' | 'UEFI';
}

/** The loader entry that starts, with all that winload needs. */
export interface BootStart {
  readonly kind: 'start';
  /** Object id of the loader entry. */
  readonly entry: string;
  readonly description: string;
  readonly device: ResolvedDevice;
  readonly path: string;
  readonly osdevice: ResolvedDevice;
  readonly systemRoot: string;
  /** The `loadoptions` text; empty where there is none. */
  readonly loadOptions: string;
  /** The entry came from the one-time boot sequence, which the caller should delete from the store. */
  readonly once: boolean;
}

export type BootDecision = BootStart | BootFailure;

const FILES = {
  BIOS: { manager: '\\bootmgr', store: '\\Boot\\BCD' },
  UEFI: { manager: '\\EFI\\Microsoft\\Boot\\bootmgfw.efi', store: '\\EFI\\Microsoft\\Boot\\BCD' },
} as const;
const NO_SUCH_DEVICE = 0xc000000e;
const NO_SUCH_FILE = 0xc000000f;
const OBJECT_NAME_NOT_FOUND = 0xc0000034;
const FILE_INVALID = 0xc0000098;
const REGISTRY_CORRUPT = 0xc000014c;

/**
 * What the boot sectors, the boot manager and winload do in this situation, by the decision table in formats.md
 * section 2. {bootmgr}'s own device is not looked at: a running Windows can have an unresolvable one. Entries that are
 * no OS loaders (memory tester, {ntldr}) are passed over; nobody chooses from a menu.
 */
export function decideBoot(situation: BootSituation): BootDecision {
  const { bootDisk, bootPartition, era, fileExists, firmware = 'BIOS' } = situation;
  const noBootDevice = ['No bootable device'];
  if (bootPartition === undefined)
    return bootSectorFailure(era, firmware === 'UEFI' ? noBootDevice : ['Missing operating system']);
  const bootPlace: PartitionPlace = { disk: bootDisk, partition: bootPartition };
  if (!fileExists(bootPlace, FILES[firmware].manager)) {
    const lines = ['BOOTMGR is missing', 'Press Ctrl+Alt+Del to restart'];
    // Firmware without a boot manager has words of its own; these are our choice.
    return bootSectorFailure(era, firmware === 'UEFI' ? noBootDevice : lines);
  }
  const store = openStore(situation);
  if (!(store instanceof BcdStore)) return store;
  const chosen = chooseEntry(store);
  if (chosen === undefined) return bootManagerFailure(era, 'no-entry', FILE_INVALID, FILES[firmware].store);
  return new EntryStart(situation, bootPlace, store, chosen.entry).decide(chosen.once);
}

function openStore({
  storeBytes,
  storeLogs = [],
  era,
  firmware = 'BIOS',
}: BootSituation): BcdStore | BootFailure {
  const { store } = FILES[firmware];
  if (storeBytes === undefined) {
    const status = era === 'windows-6.1' ? NO_SUCH_FILE : OBJECT_NAME_NOT_FOUND;
    return bootManagerFailure(era, 'store-missing', status, store);
  }
  try {
    return BcdStore.parse(storeBytes, { logs: storeLogs });
  } catch (error) {
    if (error instanceof HiveFormatError || error instanceof BcdFormatError) {
      return bootManagerFailure(era, 'store-corrupt', REGISTRY_CORRUPT, store);
    }
    throw error;
  }
}

/** The first OS loader of: the one-time boot sequence, the default entry, the display order. */
function chooseEntry(store: BcdStore): { entry: BcdObject; once: boolean } | undefined {
  const bootManager = store.bootManager;
  if (bootManager === undefined) return undefined;
  const loader = (ids: readonly string[]) =>
    ids.map((id) => store.object(id)).find((object) => object?.type === BcdObjectType.osLoader);
  const once = loader(bootManager.getObjects(BOOT_MANAGER_ELEMENTS.bootsequence) ?? []);
  if (once !== undefined) return { entry: once, once: true };
  const { defaultId } = store;
  const order = bootManager.getObjects(BOOT_MANAGER_ELEMENTS.displayorder) ?? [];
  const entry = loader(defaultId === undefined ? order : [defaultId, ...order]);
  return entry && { entry, once: false };
}

class EntryStart {
  constructor(
    private readonly situation: BootSituation,
    private readonly bootPlace: PartitionPlace,
    private readonly store: BcdStore,
    private readonly entry: BcdObject,
  ) {}

  decide(once: boolean): BootDecision {
    const { era } = this.situation;
    const device = this.device(LIBRARY_ELEMENTS.device);
    if (device === undefined) return bootManagerFailure(era, 'device-inaccessible', NO_SUCH_DEVICE);
    const path = this.text(LIBRARY_ELEMENTS.path);
    if (path === undefined || !this.exists(device, path)) {
      return bootManagerFailure(era, 'loader-missing', NO_SUCH_FILE, path);
    }
    const systemRoot = this.text(OS_LOADER_ELEMENTS.systemroot) ?? '\\Windows';
    const systemHive = `${systemRoot}\\system32\\config\\system`;
    const osdevice = this.device(OS_LOADER_ELEMENTS.osdevice);
    if (osdevice === undefined) {
      return bootManagerFailure(era, 'registry-missing', NO_SUCH_DEVICE, systemHive);
    }
    if (!this.exists(osdevice, systemHive)) {
      return bootManagerFailure(era, 'registry-missing', NO_SUCH_FILE, systemHive);
    }
    return {
      kind: 'start',
      entry: this.entry.id,
      description: this.text(LIBRARY_ELEMENTS.description) ?? '',
      device,
      path,
      osdevice,
      systemRoot,
      loadOptions: this.text(LIBRARY_ELEMENTS.loadoptions) ?? '',
      once,
    };
  }

  private device(code: number): ResolvedDevice | undefined {
    const value = this.store.effectiveElement(this.entry, code);
    if (value?.kind !== 'device') return undefined;
    return resolveDevice(value.device, this.situation.disks, {
      bootPlace: this.bootPlace,
      fileExists: this.situation.fileExists,
      pathOfElement: (element) => this.text(element),
    });
  }

  private text(code: number): string | undefined {
    const value = this.store.effectiveElement(this.entry, code);
    return value?.kind === 'string' ? value.text : undefined;
  }

  /** Files inside an image are out of sight: there the image itself has to exist. */
  private exists(device: ResolvedDevice, path: string): boolean {
    return this.situation.fileExists(device, device.image ?? path);
  }
}

import {
  type BcdObject,
  BcdObjectType,
  type BcdStore,
  LIBRARY_ELEMENTS,
  OS_LOADER_ELEMENTS,
} from '../../disk/bcd';
import type { BootManagerEra } from './boot-era';
import { type BootFailure, bootManagerFailure } from './boot-failure';
import type { DiskTable, FileExists, PartitionPlace } from './disks';
import { type ResolvedDevice, resolveDevice } from './resolve-device';

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
}

const NO_SUCH_DEVICE = 0xc000000e;
const NO_SUCH_FILE = 0xc000000f;

interface EntryContext {
  readonly disks: readonly DiskTable[];
  readonly fileExists: FileExists;
  readonly era: BootManagerEra;
  readonly bootPlace: PartitionPlace;
  readonly store: BcdStore;
  readonly entry: BcdObject;
}

/** One entry's way from its device to the system hive. */
export class EntryStart {
  constructor(private readonly context: EntryContext) {}

  decide(): BootStart | BootFailure {
    const { era, entry } = this.context;
    const device = this.device(LIBRARY_ELEMENTS.device);
    if (device === undefined) return bootManagerFailure(era, 'device-inaccessible', NO_SUCH_DEVICE);
    const path = this.text(LIBRARY_ELEMENTS.path);
    // What is no loader of this Windows (memory tester, NTLDR) is not there to be started here (our limit).
    const loader = entry.type === BcdObjectType.osLoader;
    if (path === undefined || !loader || !this.exists(device, path)) {
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
      entry: entry.id,
      description: this.text(LIBRARY_ELEMENTS.description) ?? '',
      device,
      path,
      osdevice,
      systemRoot,
      loadOptions: this.text(LIBRARY_ELEMENTS.loadoptions) ?? '',
    };
  }

  private device(code: number): ResolvedDevice | undefined {
    const { store, entry, disks, bootPlace, fileExists } = this.context;
    const value = store.effectiveElement(entry, code);
    if (value?.kind !== 'device') return undefined;
    return resolveDevice(value.device, disks, {
      bootPlace,
      fileExists,
      pathOfElement: (element) => this.text(element),
    });
  }

  private text(code: number): string | undefined {
    const value = this.context.store.effectiveElement(this.context.entry, code);
    return value?.kind === 'string' ? value.text : undefined;
  }

  /** Files inside an image are out of sight: there the image itself has to exist. */
  private exists(device: ResolvedDevice, path: string): boolean {
    return this.context.fileExists(device, device.image ?? path);
  }
}

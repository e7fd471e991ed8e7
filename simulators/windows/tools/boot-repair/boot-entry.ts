import {
  addWindowsEntry,
  type BcdObject,
  type BcdStore,
  BOOT_MANAGER_ELEMENTS,
  type BootFirmware,
  createInstalledStore,
  type PartitionDevice,
} from '../../../disk/bcd';
import type { VolumeView } from '../../windows-host';
import { deviceOfVolume } from '../volumes';
import { newEntryId, storeClock } from './boot-store';
import { BootRepairFailure, reasons } from './failure';

/** An installation and where it starts from. */
export interface NewEntry {
  readonly windowsVolume: VolumeView;
  readonly systemVolume: VolumeView;
  readonly systemRoot: string;
  readonly description: string;
  readonly firmware: BootFirmware;
  readonly locale?: string | undefined;
}

/** @throws BootRepairFailure for a volume on dynamic disks. */
export function requireDevice(volume: VolumeView): PartitionDevice {
  const device = deviceOfVolume(volume);
  if (device === undefined) throw new BootRepairFailure([reasons.notSupported]);
  return device;
}

/** What a store says of an installation, with new identifiers. */
function installationOf({ windowsVolume, description, firmware, systemRoot, locale }: NewEntry) {
  return {
    windowsPartition: requireDevice(windowsVolume),
    ...{ description, firmware, systemRoot, locale },
    loaderId: newEntryId(),
    resumeId: newEntryId(),
  };
}

/** A system store with one installation in it. */
export function newStore(entry: NewEntry): BcdStore {
  return createInstalledStore({
    systemPartition: requireDevice(entry.systemVolume),
    ...installationOf(entry),
    clock: storeClock,
  });
}

/**
 * Adds an installation to a store that is there, at the start or the end of the menu. It becomes the default where the
 * store has none.
 */
export function addEntry(store: BcdStore, entry: NewEntry, place: 'first' | 'last'): BcdObject {
  const loader = addWindowsEntry(store, installationOf(entry));
  const { bootManager } = store;
  if (bootManager !== undefined) {
    const order = bootManager.getObjects(BOOT_MANAGER_ELEMENTS.displayorder) ?? [];
    const next = place === 'first' ? [loader.id, ...order] : [...order, loader.id];
    bootManager.setObjects(BOOT_MANAGER_ELEMENTS.displayorder, next);
    const { defaultId } = store;
    if (defaultId === undefined || store.object(defaultId) === undefined) {
      bootManager.setObject(BOOT_MANAGER_ELEMENTS.default, loader.id);
    }
  }
  return loader;
}

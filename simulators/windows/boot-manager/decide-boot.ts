import { BcdFormatError, BcdStore } from '../../disk/bcd';
import { HiveFormatError } from '../../disk/regf';
import type { BootManagerEra } from './boot-era';
import { type BootFailure, bareFailure, bootManagerFailure } from './boot-failure';
import { type BootMenu, readBootMenu } from './boot-menu';
import type { DiskTable, FileExists, PartitionPlace } from './disks';
import { type BootStart, EntryStart } from './start-entry';

export interface BootSituation {
  /** Content of `\Boot\BCD` on the boot partition; undefined where the file is absent. */
  readonly storeBytes: Uint8Array | undefined;
  /** Transaction logs beside it (`BCD.LOG` and the like), which a store that was not closed is recovered with. */
  readonly storeLogs?: readonly Uint8Array[];
  readonly disks: readonly DiskTable[];
  /** Index of the disk that the firmware boots. */
  readonly bootDisk: number;
  /** Index of its active partition; undefined where none is active. */
  readonly bootPartition: number | undefined;
  readonly fileExists: FileExists;
  readonly era: BootManagerEra;
  /** With UEFI the boot partition is the EFI system partition. BIOS where not given. */
  readonly firmware?: 'BIOS' | 'UEFI';
}

export type BootDecision = BootStart | BootFailure;

/** What the boot manager has in hand once it could read its store. */
export interface BootPlan {
  readonly kind: 'plan';
  readonly store: BcdStore;
  readonly bootPlace: PartitionPlace;
  readonly menu: BootMenu;
}

const FILES = {
  BIOS: { manager: '\\bootmgr', store: '\\Boot\\BCD' },
  UEFI: { manager: '\\EFI\\Microsoft\\Boot\\bootmgfw.efi', store: '\\EFI\\Microsoft\\Boot\\BCD' },
} as const;
/** Started where no boot entry of the firmware leads to the other: `bcdboot` makes it a copy. */
const FALLBACK_MANAGER = '\\EFI\\Boot\\bootx64.efi';
const NO_SUCH_FILE = 0xc000000f;
const OBJECT_NAME_NOT_FOUND = 0xc0000034;
const FILE_INVALID = 0xc0000098;
const REGISTRY_CORRUPT = 0xc000014c;

/** Path of the store on the partition that the firmware starts. */
export const storePathOf = (firmware: 'BIOS' | 'UEFI'): string => FILES[firmware].store;

/**
 * What the boot sectors, the boot manager and winload do in this situation when nobody presses a key, by the decision
 * table in formats.md section 2. {bootmgr}'s own device is not looked at: a running Windows can have an unresolvable one.
 */
export function decideBoot(situation: BootSituation): BootDecision {
  const plan = planBoot(situation);
  if (plan.kind === 'failure') return plan;
  return startEntry(situation, plan, plan.menu.entries[plan.menu.selected]!.id);
}

/** As far as the menu: the store was found and read, and it names something to start. */
export function planBoot(situation: BootSituation): BootPlan | BootFailure {
  const { bootDisk, bootPartition, era, fileExists, firmware = 'BIOS' } = situation;
  const noBootDevice = ['No bootable device'];
  if (bootPartition === undefined)
    return bareFailure(era, firmware === 'UEFI' ? noBootDevice : ['Missing operating system']);
  const bootPlace: PartitionPlace = { disk: bootDisk, partition: bootPartition };
  const managers = [FILES[firmware].manager, ...(firmware === 'UEFI' ? [FALLBACK_MANAGER] : [])];
  if (!managers.some((path) => fileExists(bootPlace, path))) {
    const lines = ['BOOTMGR is missing', 'Press Ctrl+Alt+Del to restart'];
    // Firmware without a boot manager has words of its own; these are our choice.
    return bareFailure(era, firmware === 'UEFI' ? noBootDevice : lines);
  }
  const store = openStore(situation);
  if (!(store instanceof BcdStore)) return store;
  const menu = readBootMenu(store);
  if (menu === undefined) return bootManagerFailure(era, 'no-entry', FILE_INVALID, FILES[firmware].store);
  return { kind: 'plan', store, bootPlace, menu };
}

/** Starts an entry of the plan's menu, or one of its tools. */
export function startEntry(
  situation: BootSituation,
  { store, bootPlace }: BootPlan,
  id: string,
): BootDecision {
  const { disks, fileExists, era } = situation;
  const entry = store.object(id);
  if (entry === undefined) return bootManagerFailure(era, 'loader-missing', NO_SUCH_FILE);
  return new EntryStart({ disks, fileExists, era, bootPlace, store, entry }).decide();
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

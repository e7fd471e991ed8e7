export { ADVANCED_OPTIONS } from './advanced-options';
export { BOOT_ERAS, type BootEra, type BootManagerEra } from './boot-era';
export { type BootFailure, bareFailure, bootManagerFailure } from './boot-failure';
export { parseBootIni } from './boot-ini';
export { readBootMenu } from './boot-menu';
export { activeEntry, bootSectorsFailure, volumeLoader } from './boot-sectors';
export {
  type BootDecision,
  type BootPlan,
  type BootSituation,
  decideBoot,
  planBoot,
  startEntry,
  storePathOf,
} from './decide-boot';
export { decideNtldr, defaultIniEntry, type NtldrStart } from './decide-ntldr';
export { decodeKeys } from './decode-keys';
export type { DiskTable, FileExists, PartitionEntry, PartitionPlace } from './disks';
export { failureScreen } from './failure-screen';
export { advancedOption, advancedOptionCount, menuScreen } from './menu-screen';
export { type MenuKey, type MenuState, openMenu, passSecond, pressMenuKey } from './menu-state';
export { type ResolveContext, type ResolvedDevice, resolveDevice } from './resolve-device';
export type { BootStart } from './start-entry';
export { missingSystemFile, type SystemFiles } from './system-files';
export { findSystemPrograms, type SystemPrograms } from './system-programs';
export type { TextScreen } from './text-screen';

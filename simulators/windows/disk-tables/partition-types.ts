import { PARTITION_TYPES } from '../../disk/gpt';

/** MBR system indicators that Windows treats in ways of their own. */
export const MbrType = { ntfs: 0x07, extended: 0x0f, oem: 0x12, recovery: 0x27, dynamic: 0x42 } as const;

const FAT_TYPES: readonly number[] = [0x01, 0x04, 0x06, 0x0b, 0x0c, 0x0e];

const VOLUME_TYPES: ReadonlySet<number | string> = new Set<number | string>([
  ...FAT_TYPES,
  MbrType.ntfs,
  MbrType.recovery,
  PARTITION_TYPES.basicData,
  PARTITION_TYPES.efiSystem,
  PARTITION_TYPES.recovery,
]);

const HIDDEN_TYPES: ReadonlySet<number | string> = new Set<number | string>([
  MbrType.recovery,
  PARTITION_TYPES.efiSystem,
  PARTITION_TYPES.recovery,
]);

/** True for the types whose partitions are basic volumes. */
export const isVolumeType = (type: number | string): boolean => VOLUME_TYPES.has(type);

/** Volumes that Windows shows as hidden and gives no letter of its own accord. */
export const isHiddenType = (type: number | string): boolean => HIDDEN_TYPES.has(type);

/** Types that `delete partition` touches with `override` only. */
export function isProtectedType(type: number | string): boolean {
  if (typeof type === 'string') return type !== PARTITION_TYPES.basicData;
  return type === MbrType.oem || type === MbrType.recovery;
}

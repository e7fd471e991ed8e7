export type { HiveDamage } from './damages';
export { fileTimeFromUnix, unixFromFileTime } from './file-time';
export { createHive, Hive, type HiveProperties, type NewHiveOptions } from './hive';
export { HiveFormatError } from './hive-format-error';
export { HiveKey } from './hive-key';
export type { HiveClock, HiveValue } from './key-fields';
export { HIVE_LOG_SUFFIXES } from './log-suffixes';
export { type FilePiece, type HiveWriteOptions, type HiveWriteStep, planHiveWrite } from './plan-hive-write';
export { openHive, type ParseHiveOptions, parseHive, visitHive } from './read-hive';
export { type HiveRecovery, type HiveState, isCleanHive, recoverHive } from './recover-hive';
export type { StoredKey } from './stored-key';
export type { StoredValue } from './stored-value';
export {
  dwordOf,
  qwordOf,
  RegistryType,
  registryData,
  stringOf,
  stringsOf,
  type ValueData,
} from './value-data';

export { bootKeyOf, currentControlSet } from './boot-key';
export { type CreateSamOptions, createSam } from './create-sam';
export { ntHash } from './password-hash';
export { type LocalAccount, type NewAccount, SamDatabase, type SamOptions } from './sam-database';
export { SamError } from './sam-error';
export { BuiltinGroup } from './sam-groups';
export { createSoftwareHive, type SoftwareHiveOptions } from './software-hive';
export {
  createSystemHive,
  encodeMountedLocation,
  type MountedDevice,
  type MountedLocation,
  type SystemHiveOptions,
} from './system-hive';

export {
  currentControlSet,
  encodeMountedLocation,
  type MountedDevice,
  type MountedLocation,
} from '../registry';
export { type AccountPolicy, accountPolicyOf, changeAccountPolicy } from './account-policy';
export { bootKeyOf } from './boot-key';
export { type CreateSamOptions, createSam } from './create-sam';
export { listAccounts } from './list-accounts';
export type { AccountChange, LocalAccount, NewAccount } from './local-account';
export { ntHash } from './password-hash';
export { SamDatabase, type SamOptions } from './sam-database';
export { AccountError, SamError } from './sam-error';
export { BuiltinGroup, type LocalGroup } from './sam-groups';
export { createSoftwareHive, type SoftwareHiveOptions } from './software-hive';
export { createSystemHive, type SystemHiveOptions } from './system-hive';

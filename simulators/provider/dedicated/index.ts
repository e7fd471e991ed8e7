export {
  type Account,
  type AccountDescription,
  createAccount,
  type MailLanguage,
  mailLanguage,
} from './account';
export type { Operation } from './bmc';
export type { BootEntry, BootType, Region } from './boot-list';
export { DEBIAN_RESCUE, WINDOWS_RESCUE } from './boot-list';
export type { ConsoleFacts, ConsoleUrl } from './console-access';
export type { CurrentBoot } from './current-boot';
export { DedicatedProvider } from './provider';
export type { ProviderEvents } from './provider-events';
export type { DedicatedProviderOptions } from './provider-options';
export type { DedicatedServer, NetbootReach, ServerDescription, ServerState } from './server';
export type { ServerChanges } from './server-changes';
export { type OperationFunction, PENDING, type Task, type TaskFunction, type TaskStatus } from './task';
export type { WindowsRescueRule } from './windows-rescue-rule';

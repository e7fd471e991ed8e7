export {
  type Account,
  type AccountDescription,
  createAccount,
  type MailLanguage,
  mailLanguage,
} from './account';
export type { BootEntry, BootType, Region } from './boot-list';
export { DEBIAN_RESCUE, WINDOWS_RESCUE } from './boot-list';
export type { ConsoleFacts, ConsoleUrl } from './console-access';
export type { CurrentBoot } from './current-boot';
export {
  DedicatedProvider,
  type DedicatedProviderOptions,
  type ServerChanges,
} from './provider';
export type { ProviderEvents } from './provider-events';
export type { DedicatedServer, NetbootReach, ServerDescription, ServerState } from './server';
export type { Task, TaskFunction, TaskStatus } from './tasks';
export { PENDING } from './tasks';
export type { WindowsRescueRule } from './windows-rescue-rule';

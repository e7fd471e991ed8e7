export { type Clock, LabClock } from './clock';
export {
  type AccountDescription,
  DEBIAN_RESCUE,
  type DedicatedProvider,
  type DedicatedServer,
  type ProviderEvents,
  type ServerDescription,
  type Task,
  WINDOWS_RESCUE,
  type WindowsRescueRule,
} from './dedicated';
export type { Events } from './events';
export { type Fault, Faults, readDuration, readFault } from './faults';
export { type HttpExchange, serveHandlers, type UnknownCall } from './http';
export { type DiskPlace, type Hypervisor, type RescueOrder, SilentAgentError } from './hypervisor';
export type { Inbox, ReceivedMail, SmtpAddress } from './mail';
export type { Netboot, NetbootOptions, RescueBootFiles, RescueFiles } from './netboot';
export { NullPhysicalServer } from './null-physical-server';
export { type ErrorDialect, OvhApiError, type OvhClient, type OvhClientOptions, ovhClient } from './ovh';
export { type OvhProvider, type OvhProviderOptions, startOvhProvider } from './ovh-provider';
export type { PhysicalServer } from './physical-server';
export { type Random, seededRandom, systemRandom } from './random';

export type { HypervisorFactory, InstanceBlueprint } from './compute/compute';
export { administratorOf, hasGuestAgent } from './compute/guest-agent';
export type { Instance } from './compute/instance';
export type { ComputeEvents, Instances } from './compute/instances';
export { statusOf } from './compute/states';
export { DEFAULT_FLAVORS } from './defaults';
export type { NovaFlavor } from './flavor';
export { type Directory, DOMAIN, type User } from './identity/directory';
export type { NovaImage } from './image/image';
export { type MetadataService, startMetadataService } from './metadata/metadata-service';
export type { Network } from './network/network-store';
export { NullHypervisor } from './null-hypervisor';
export {
  type ExistingServer,
  type NovaProvider,
  type NovaProviderOptions,
  startNovaProvider,
} from './start-nova-provider';
export type { Volume } from './volume/volume-store';

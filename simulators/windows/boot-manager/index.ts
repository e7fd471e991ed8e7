export type { BootEra } from './boot-era';
export { type BootFailure, bootManagerFailure } from './boot-failure';
export { type BootDecision, type BootSituation, type BootStart, decideBoot } from './decide-boot';
export type { DiskTable, FileExists, PartitionEntry, PartitionPlace } from './disks';
export { renderFailureScreen } from './failure-screen';
export { type ResolveContext, type ResolvedDevice, resolveDevice } from './resolve-device';

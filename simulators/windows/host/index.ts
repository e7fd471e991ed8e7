export type { HostDisk } from './host-disk';
export type { BlockDevice, BlockDevices, HostOptions, Run, SanPolicy } from './host-options';
export { linuxBlockDevices } from './linux-block-devices';
export { LinuxWindowsHost } from './linux-windows-host';
export { ntfs3gArguments, refuseOpenFiles, type VolumeMounter } from './ntfs-volume';
export { runCommand } from './run-command';
export { systemHiveMemory } from './system-hive-memory';
export type { PreparedVolume, VolumeProvider } from './volume-device';
export type { VolumePlan } from './volume-plan';

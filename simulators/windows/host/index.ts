export type { HostOptions, Run, SanPolicy } from './host-options';
export { LinuxWindowsHost } from './linux-windows-host';
export { runCommand } from './run-command';
export { systemHiveMemory } from './system-hive-memory';

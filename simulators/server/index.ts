export type { BootTarget } from './boot-target';
export { DedicatedMachine, type DedicatedMachineOptions } from './dedicated-machine';
export { readDiskBytes, writeDiskBytes } from './disk-bytes';
export { InstalledServer, type InstalledServerOptions } from './installed-server';
export { NovaMachine, type NovaMachineOptions } from './nova-machine';
export type { SerialLog } from './serial-log';
export { blankDisk, overlayDisk, rawDisk, type ServerDisk } from './server-disk';
export type { ServerEvent, ServerListener } from './server-events';
export { WaypointShelf } from './waypoint-shelf';

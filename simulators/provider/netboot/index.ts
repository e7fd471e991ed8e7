export { type Netboot, type NetbootOptions, startNetboot } from './netboot';
export type { RescueBootFiles, RescueFiles } from './script';

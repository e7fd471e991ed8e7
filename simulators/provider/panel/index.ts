export type { CloudAccess } from './cloud-account';
export { dedicatedConsoles } from './console/dedicated-consoles';
export { type ConsoleProxy, type ConsoleResolver, startConsoleProxy } from './console/start-console-proxy';
export { type DedicatedAccess, type Panel, type PanelOptions, startPanel } from './start-panel';

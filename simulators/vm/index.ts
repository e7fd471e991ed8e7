export { type Accelerator, describeAccelerator } from './accelerator/accelerator';
export { type AcceleratorChoice, chooseAccelerator } from './accelerator/choose-accelerator';
export type { ProbePayload } from './accelerator/kvm-probe';
export { backingOrigin } from './disks/backing-origin';
export { type DiskFacts, diskFacts } from './disks/disk-facts';
export { type DiskReader, openDisk } from './disks/disk-reader';
export { createOverlay, type OverlayOptions } from './disks/overlay';
export { newUefiVariables } from './firmware';
export { AgentSilence } from './guest-agent/agent-errors';
export type { MachineContext } from './machine-context';
export type {
  DirectKernelBoot,
  DiskDescription,
  DiskInterface,
  GuestForward,
  HostForward,
  MachineDescription,
  NicDescription,
} from './machine-description';
export { MachineError } from './machine-error';
export type { QemuExit } from './qemu-process';
export { useQemu } from './qemu-program';
export { qemuVersion } from './qemu-version';
export { type EventWait, QmpClient } from './qmp/qmp-client';
export { framebufferPng } from './rfb/framebuffer-png';
export { characterKeysym, connectRfb, Framebuffer, keysyms, type RfbClient } from './rfb/index';
export { RunningMachine } from './running-machine';
export type { SerialConsole, SerialWait } from './serial-console';
export { reapStaleContainers } from './session/reap-stale-containers';
export { reapStaleSessions } from './session/reap-stale-sessions';
export { Session } from './session/session';
export { startMachine } from './start-machine';
export { canFork, type ForkPermit, type ForkRefusal } from './waypoint/can-fork';
export { type ForkOptions, forkWaypoint } from './waypoint/fork-waypoint';
export { openWaypoint, type Waypoint } from './waypoint/waypoint';
export { type WaypointIngredients, waypointKey } from './waypoint/waypoint-key';

export type { Accelerator } from './accelerator/accelerator';
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
export { RunningMachine } from './running-machine';
export type { SerialConsole, SerialWait } from './serial-console';
export { reapStaleSessions } from './session/reap-stale-sessions';
export { Session } from './session/session';
export { startMachine } from './start-machine';

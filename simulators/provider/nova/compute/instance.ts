import type { Hypervisor } from '../../hypervisor';
import type { PowerState, TaskState, VmState } from './states';

/** Why an instance is in ERROR. `created` in epoch milliseconds of lab time. */
export interface InstanceFault {
  readonly code: number;
  readonly message: string;
  readonly created: number;
}

export interface Address {
  readonly address: string;
  readonly version: 4 | 6;
  readonly mac: string;
}

/** One Cinder volume as a server shows it. A volume-backed server has its system disk on the first one. */
export interface AttachedVolume {
  readonly id: string;
  readonly deleteOnTermination: boolean;
}

/** One instance as Nova's database holds it. Times are epoch milliseconds of lab time. */
export interface Instance {
  readonly id: string;
  name: string;
  readonly projectId: string;
  readonly userId: string;
  /** Undefined: the server boots from a volume. */
  readonly imageId: string | undefined;
  /** The stock image that rescue falls back to (`image_base_image_ref`); differs after a boot from a snapshot. */
  readonly baseImageId: string | undefined;
  readonly flavorId: string;
  readonly hypervisor: Hypervisor & Partial<AsyncDisposable>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly addresses: Readonly<Record<string, readonly Address[]>>;
  readonly configDrive: boolean;
  readonly keyName: string | null;
  readonly volumes: readonly AttachedVolume[];
  readonly created: number;
  updated: number;
  launchedAt: number | null;
  vmState: VmState;
  taskState: TaskState | null;
  powerState: PowerState;
  locked: boolean;
  lockedReason: string | null;
  fault: InstanceFault | undefined;
}

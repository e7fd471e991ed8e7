import type { Hypervisor } from '../../hypervisor';
import type { InstanceAction } from './instance-actions';
import type { KeyPair } from './key-pairs';
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

/** One Cinder volume at a server. A volume-backed server has its system disk on the first one. */
export interface AttachedVolume {
  readonly id: string;
  readonly deleteOnTermination: boolean;
  /** Such as `/dev/vdb`. */
  readonly device: string;
  readonly tag: string | null;
  /** Of the attachment, in Nova and in Cinder. */
  readonly bdmId: string;
  readonly attachmentId: string;
}

/** One instance as Nova's database holds it. Times are epoch milliseconds of lab time. */
export interface Instance {
  readonly id: string;
  name: string;
  readonly projectId: string;
  readonly userId: string;
  /** Undefined: the server boots from a volume. */
  imageId: string | undefined;
  /** The stock image that rescue falls back to (`image_base_image_ref`); differs after a boot from a snapshot. */
  baseImageId: string | undefined;
  /** What the image said of itself when the instance was made of it (`system_metadata`). */
  imageProperties: Readonly<Record<string, string>>;
  readonly flavorId: string;
  hypervisor: Hypervisor & Partial<AsyncDisposable>;
  /** Null until the scheduler has chosen one. */
  host: string | null;
  metadata: Readonly<Record<string, string>>;
  addresses: Readonly<Record<string, readonly Address[]>>;
  readonly configDrive: boolean;
  keyName: string | null;
  /** As it was when the server was given it. */
  keyPair: KeyPair | undefined;
  /** In base64, as it was given. */
  userData: string | undefined;
  hostname: string;
  description: string | null;
  tags: readonly string[];
  accessIPv4: string;
  accessIPv6: string;
  diskConfig: 'AUTO' | 'MANUAL';
  readonly availabilityZone: string;
  readonly reservationId: string;
  securityGroups: readonly string[];
  /** What the guest posted to the metadata service (base64); '' until it did. */
  encryptedPassword: string;
  volumes: readonly AttachedVolume[];
  readonly actions: InstanceAction[];
  readonly created: number;
  updated: number;
  launchedAt: number | null;
  terminatedAt: number | null;
  vmState: VmState;
  taskState: TaskState | null;
  powerState: PowerState;
  lockedBy: 'owner' | 'admin' | null;
  lockedReason: string | null;
  fault: InstanceFault | undefined;
}

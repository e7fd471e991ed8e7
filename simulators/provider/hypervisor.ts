/** What a disk of an instance is there for. */
export type DiskRole = 'rescue' | 'root' | 'ephemeral' | 'swap' | 'volume' | 'config drive';
export type DiskBus = 'virtio' | 'scsi' | 'sata' | 'ide' | 'usb' | 'xen' | 'fdc';
export type DiskDevice = 'disk' | 'cdrom' | 'floppy';

/** One disk, at its place among an instance's disks. */
export interface DiskPlace {
  readonly role: DiskRole;
  readonly bus: DiskBus;
  readonly device: DiskDevice;
  /** The firmware boots from this one. */
  readonly boots: boolean;
  /** Which volume, or which ephemeral disk (counted from 0). */
  readonly id?: string;
}

export interface RescueOrder {
  /** The image that the rescue disk is a fresh copy of. */
  readonly imageId: string;
  readonly adminPass: string;
  /** Seconds of lab time that the guest gets to switch itself off first. */
  readonly patience: number;
  /** All disks of the rescued instance, in the order in which the guest finds them. */
  readonly disks: readonly DiskPlace[];
}

/** The agent in the guest does not answer. */
export class SilentAgentError extends Error {
  override readonly name = 'SilentAgentError';
}

/** What Nova's compute service asks of a hypervisor, for one instance. Implemented by simulators/server; a null one answers at once. */
export interface Hypervisor {
  /** A suspended machine is off: its memory is kept in a file. */
  readonly power: 'on' | 'off' | 'paused';
  start(): Promise<void>;
  /** Asks the guest to switch itself off, for so many seconds of lab time; after that the power is cut. */
  stop(patience: number): Promise<void>;
  /** `patience`: a number of seconds as for `stop`; 0 for a hard reboot. What follows is the same: it starts anew. */
  reboot(patience: number): Promise<void>;
  pause(): Promise<void>;
  unpause(): Promise<void>;
  suspend(): Promise<void>;
  resume(): Promise<void>;
  rescue(order: RescueOrder): Promise<void>;
  /** Drops the rescue disk and boots the original hardware again. */
  unrescue(): Promise<void>;
  /** Makes the root disk anew from an image, and starts. */
  rebuild(options: Omit<RescueOrder, 'disks'>): Promise<void>;
  /** Keeps the root disk's content as a new image. Answers its size in bytes. */
  snapshot(imageId: string): Promise<number>;
  /**
   * Hands a password to the agent in the guest; undefined where the machine has no channel to one. Rejects with a
   * SilentAgentError where nobody answers on it.
   */
  readonly setPassword?: ((password: string) => Promise<void>) | undefined;
  attachVolume(volumeId: string): Promise<void>;
  detachVolume(volumeId: string): Promise<void>;
  /** What the guest has printed on its serial line; undefined where no machine runs. */
  readonly output?: string | undefined;
  /** `host:port` of the console (RFB), or undefined where no machine runs. */
  readonly console: string | undefined;
}

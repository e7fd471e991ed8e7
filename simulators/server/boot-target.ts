import type { RunningMachine } from '../vm';

/** What the network will tell the firmware, and how to know that the guest has got there. */
export interface BootTarget {
  /** `boot-failure`, or the rescue system's kernel name. */
  readonly name: string;
  /** Digests of what is downloaded, by name. */
  readonly images: Readonly<Record<string, string>>;
  /** Digest of the code that walks there, and that decides what the guest is told on its way. */
  readonly code: string;
  /** Where the boot ends depends on what is on the disks, so that it rather goes on from the mark of its boot manager. */
  readonly readsDisk?: boolean;
  /** Resolves when the guest has reached the state to save; rejects with the signal's reason. */
  reached(machine: RunningMachine, signal: AbortSignal): Promise<void>;
  /** In force while the machine walks there: keeps the guest from going on. */
  hold(): Disposable;
}

/** The provider's view of one dedicated server's hardware (its BMC). Implemented by simulators/server; a null one answers at once. */
export interface PhysicalServer {
  readonly power: 'on' | 'off';
  /** Resolves when power is on; the operating system is another matter: see `netboot`. */
  powerOn(): Promise<void>;
  powerOff(): Promise<void>;
  /** Power off and on again, as the `hardReboot` task does. */
  hardReset(): Promise<void>;
  /** The disk with this number (from 0) fails for good: from the next power-on it is not there. */
  loseDisk(number: number): void;
  /** The numbers of the disks that failed. */
  readonly lostDisks: ReadonlySet<number>;
  /** `host:port` of the KVM console (RFB), or undefined where no machine runs. */
  readonly console: string | undefined;
}

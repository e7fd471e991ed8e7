import type { HostDisk } from './host-disk';
import type { RememberedDisk } from './host-memory';
import type { SanPolicy } from './host-options';

/** Which disks are online when the machine starts: what somebody decided about a disk holds, else the SAN policy. */
export class DiskDecisions {
  readonly #decided: Map<string, RememberedDisk>;

  constructor(
    private readonly policy: SanPolicy,
    remembered: readonly RememberedDisk[],
  ) {
    this.#decided = new Map(remembered.map((disk) => [disk.identity, disk]));
  }

  /**
   * Brings the disk online or takes it offline. One that the policy keeps offline is read-only too.
   * @param own true for a disk of the machine's own groups
   */
  apply(disk: HostDisk, own: boolean): void {
    const known = disk.identity === undefined ? undefined : this.#decided.get(disk.identity);
    const online = known?.online ?? (own || bringsOnline(this.policy));
    if (online) disk.bringOnline();
    else disk.takeOffline('policy');
    disk.readOnly = known?.readOnly ?? !online;
  }

  /** Somebody brought the disk online or offline, or changed its read-only attribute. */
  remember({ identity, online, readOnly }: HostDisk): void {
    if (identity !== undefined) this.#decided.set(identity, { identity, online, readOnly });
  }

  entries(): RememberedDisk[] {
    return [...this.#decided.values()];
  }
}

function bringsOnline(policy: SanPolicy): boolean {
  return policy === 'OnlineAll' || policy === 'OfflineInternal';
}

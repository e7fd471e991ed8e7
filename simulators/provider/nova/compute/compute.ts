import type { Clock } from '../../clock';
import type { Faults } from '../../faults';
import type { DiskPlace, Hypervisor } from '../../hypervisor';
import type { Random } from '../../random';
import type { NovaFlavor } from '../flavor';
import type { ImageStore } from '../image/image';
import type { NetworkStore } from '../network/network-store';
import type { VolumeStore } from '../volume/volume-store';
import type { Instance } from './instance';
import type { Instances } from './instances';
import type { KeyPairs } from './key-pairs';
import type { VirtDriver } from './rescue-disks';
import type { ServerGroups } from './server-groups';

/** What a hypervisor gets to know of the instance it is to run. */
export interface InstanceBlueprint {
  /** As it is going to be, without its hypervisor yet. */
  readonly instance: Instance;
  readonly flavor: NovaFlavor;
  /** The disks in the order in which the guest finds them outside of rescue. */
  readonly disks: () => readonly DiskPlace[];
  /** The password of the installed system, for the config drive. */
  readonly adminPass: string;
}

/** Makes the hypervisor of a new instance. One that can be disposed of is, when its server is deleted. */
export type HypervisorFactory = (blueprint: InstanceBlueprint) => Hypervisor & Partial<AsyncDisposable>;

/** What the compute service's operations work with. */
export interface Compute {
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  readonly instances: Instances;
  readonly images: ImageStore;
  readonly volumes: VolumeStore;
  readonly networks: NetworkStore;
  readonly keyPairs: KeyPairs;
  readonly serverGroups: ServerGroups;
  readonly flavors: readonly NovaFlavor[];
  readonly hypervisorFor: HypervisorFactory;
  /** The names of the compute hosts. */
  readonly hosts: readonly string[];
  /** How many more servers the hosts have room for beside those that have been given one. */
  readonly roomFor: (placed: readonly Instance[]) => number;
  readonly virtDriver: VirtDriver;
  /** Whether the hosts have the trait COMPUTE_RESCUE_BFV: servers that boot from a volume can be rescued. */
  readonly rescuesVolumes: boolean;
}

/** The flavor of an instance; it has one since it was made. */
export function flavorOf({ flavors }: Compute, { flavorId }: Instance): NovaFlavor {
  return flavors.find(({ id }) => id === flavorId) as NovaFlavor;
}

import type { Clock } from '../../clock';
import type { Hypervisor } from '../../hypervisor';
import type { Random } from '../../random';
import type { NovaFlavor } from '../flavor';
import type { ImageStore } from '../image/image';
import type { Instances } from './instances';

/** What a hypervisor gets to know of the instance it is to run. */
export interface InstanceBlueprint {
  readonly id: string;
  readonly name: string;
  /** Undefined: the server boots from a volume. */
  readonly imageId: string | undefined;
  readonly flavor: NovaFlavor;
  readonly configDrive: boolean;
  /** The password of the installed system, for the config drive. */
  readonly adminPass: string;
}

/** Makes the hypervisor of a new instance. One that can be disposed of is, when its server is deleted. */
export type HypervisorFactory = (blueprint: InstanceBlueprint) => Hypervisor & Partial<AsyncDisposable>;

/** What the compute service's operations work with. */
export interface Compute {
  readonly clock: Clock;
  readonly random: Random;
  readonly instances: Instances;
  readonly images: ImageStore;
  readonly flavors: readonly NovaFlavor[];
  readonly hypervisorFor: HypervisorFactory;
}

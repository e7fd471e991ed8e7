import type { Random } from '../../random';
import type { Instance } from '../compute/instance';
import type { NetworkStore } from '../network/network-store';

/** What an instance's metadata is made of. */
export interface MetadataSources {
  readonly instance: Instance;
  readonly flavorName: string;
  readonly networks: NetworkStore;
  readonly random: Random;
}

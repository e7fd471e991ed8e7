import { type BcdStore, createInstalledStore } from '../../../disk/bcd';
import { MiB, rescueSignature } from './rescue-machine';

/** The store as the installation left it: on the signature that the rescue disk carries as well. */
export function installedStore(memoryTester = true): BcdStore {
  const at = (offset: number) =>
    ({ kind: 'partition', style: 'mbr', signature: rescueSignature, offsetBytes: offset * MiB }) as const;
  return createInstalledStore({ systemPartition: at(1), windowsPartition: at(101), memoryTester });
}

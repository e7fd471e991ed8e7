import * as os from 'quickjs-os';
import type { PartitionPlace } from '../boot-manager';
import { mount, type Volumes } from './volumes';

/** Mounts the volume that Windows starts from at /win/C, for writing from now on. */
export function mountSystem(volumes: Volumes, place: PartitionPlace): void {
  const device = volumes.device(place);
  volumes.unmountAll();
  os.mkdir('/win/C', 0o755);
  if (!mount(device, '/win/C', 'rw')) {
    throw new Error(`Failed to mount ${device}, which held the system hive a moment ago.`);
  }
}

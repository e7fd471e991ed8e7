import * as std from 'quickjs-std';
import { type BootFailure, failureScreen, type PartitionPlace } from '../boot-manager';
import type { BootDisk } from './disks';
import { findFile } from './files';
import { showScreen } from './screen';
import type { Volumes } from './volumes';

/** What a boot manager finds. */
export interface BootMachine {
  readonly disks: readonly BootDisk[];
  readonly volumes: Volumes;
  /** The partition it came from. */
  readonly bootPlace: PartitionPlace | undefined;
}

/** Where a file of a partition stands now; undefined where it is not, or the partition holds no volume. */
export function fileAt(
  { volumes }: BootMachine,
  place: PartitionPlace,
  windowsPath: string,
): string | undefined {
  const mountPoint = volumes.mountPoint(place);
  return mountPoint === undefined ? undefined : findFile(mountPoint, windowsPath);
}

/** Ends with the failure on the screen, which stays. */
export function endWith(failure: BootFailure): never {
  showScreen(failureScreen(failure));
  std.exit(1);
}

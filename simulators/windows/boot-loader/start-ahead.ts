import { findSystemPrograms } from '../boot-manager';
import { diskReader } from './disks';
import { run } from './files';

/** The first disk on the bus that servers usually have theirs on. */
const FIRST_DISK = 'vda';

/**
 * Mounts the programs of the system that the first disk has, if it has one, and starts its service, which waits until the
 * boot manager has decided that this system is the one to start (`/start-ahead`, images/files). Nothing else of the disk is
 * remembered.
 */
export function startAhead(): void {
  const programs = findSystemPrograms(diskReader(FIRST_DISK));
  if (!programs) return;
  const offsets = [programs.kernel, programs.hal].map(({ offsetBytes }) => String(offsetBytes));
  run('sh', '/start-ahead', `/dev/${FIRST_DISK}`, ...offsets);
}

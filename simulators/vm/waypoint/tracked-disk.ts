import { join } from 'node:path';
import { diskFacts } from '../disks/disk-facts';
import { createOverlay } from '../disks/overlay';
import { qemuImg } from '../disks/qemu-img';
import type { DiskDescription } from '../machine-description';
import type { Session } from '../session/session';
import { type ContentPiece, contentDifference, contentPieces, ownRanges } from './content-pieces';

/**
 * The grain of the tracking (bytes): NTFS and Linux read in pages of 4 KiB, and a coarser one would take
 * neighbours that the guest never saw for read.
 */
const clusterSize = 4096;

/** What a guest had seen of a disk, or made of it. */
interface SeenDisk {
  /** Bytes. */
  readonly size: number;
  readonly pieces: ContentPiece[];
  /** The guest changed it: no disk that the guest has not had fits. */
  readonly written: boolean;
}

/**
 * A disk behind an overlay into which every cluster is copied that the guest reads. When the machine has
 * ended, what is in the overlay was read, or written when it differs from the disk.
 */
export class TrackedDisk {
  readonly disk: DiskDescription;
  /** What earlier waypoints on the way already had read. */
  readonly inherited: readonly ContentPiece[];
  readonly overlay: string;

  private constructor(disk: DiskDescription, overlay: string, inherited: readonly ContentPiece[]) {
    this.disk = disk;
    this.overlay = overlay;
    this.inherited = inherited;
  }

  static async open(
    disk: DiskDescription,
    folder: string,
    inherited: readonly ContentPiece[] = [],
  ): Promise<TrackedDisk> {
    const overlay = join(folder, `${disk.id}.reads.qcow2`);
    await createOverlay(disk.path, overlay, { baseFormat: disk.format, clusterSize });
    return new TrackedDisk(disk, overlay, inherited);
  }

  /** After the machine's end: what was read or written. What was written goes into the disk itself, which stays where it is. */
  async settle(session: Session): Promise<SeenDisk> {
    const ranges = await ownRanges(this.overlay);
    const pieces = await contentPieces({ path: this.overlay, format: 'qcow2' }, ranges, session);
    const { virtualSize: size } = await diskFacts(this.disk.path);
    const written = (await contentDifference(this.disk, { size, pieces }, session)) !== undefined;
    if (!written) return { size, pieces: [...this.inherited, ...pieces], written };
    await qemuImg('commit', '-q', '-f', 'qcow2', this.overlay);
    // What was read on the way here may have been written since.
    const inherited = await contentPieces(this.disk, this.inherited, session);
    return { size, pieces: [...inherited, ...pieces], written };
  }
}

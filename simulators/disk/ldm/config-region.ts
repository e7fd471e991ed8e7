import { DiskFormatError } from '../bytes';
import { SECTOR_BYTES } from '../mbr';
import { buildRecord, isWritable } from './build-record';
import { newest } from './copies';
import { VBLK_BYTES } from './layout';
import type { LdmMember } from './member';
import type { LdmRecord } from './records';
import { layRecords, slotsOf } from './vblk';
import { buildVmdb, type ObjectCounts, type Vmdb } from './vmdb';

/** The header sector takes the room of four slots. */
const FIRST_SLOT = SECTOR_BYTES / VBLK_BYTES;

/**
 * A database for one disk of a group: the header and the VBLKs, in the number of slots that the disk's region has. Throws a
 * DiskFormatError (offset of that region) where the records do not fit, or are of a revision that cannot be written.
 */
export function buildConfig(
  records: readonly LdmRecord[],
  header: Pick<Vmdb, 'groupName' | 'groupGuid' | 'committedTransaction' | 'timestamp'>,
  { vmdb, vmdbSector, tocs }: LdmMember,
): Uint8Array {
  const refuse = (reason: string, message: string) =>
    new DiskFormatError(vmdbSector * SECTOR_BYTES, reason, message);
  requireWritable(records, vmdbSector * SECTOR_BYTES);
  const room = (newest(tocs).block.config.size * SECTOR_BYTES) / VBLK_BYTES;
  const slots = Math.min(vmdb.slots, room);
  const raw = records.map((record, index) => ({ group: index + 1, bytes: buildRecord(record) }));
  const needed = slotsOf(raw);
  if (FIRST_SLOT + needed > slots)
    throw refuse(
      `the records need ${needed} VBLK slots`,
      `The records of the group need ${needed} VBLK slots, and the database of this disk has ${Math.max(0, slots - FIRST_SLOT)}. Leave disks or volumes out.`,
    );
  const area = layRecords(raw, FIRST_SLOT, slots);
  const config = new Uint8Array(slots * VBLK_BYTES);
  config.set(buildVmdb({ ...header, slots, counts: countObjects(records) }));
  config.set(area, SECTOR_BYTES);
  return config;
}

/** How many objects of each kind there are. */
export function countObjects(records: readonly LdmRecord[]): ObjectCounts {
  const count = (kind: LdmRecord['kind']) => records.filter((record) => record.kind === kind).length;
  return {
    volumes: count('volume'),
    components: count('component'),
    extents: count('extent'),
    disks: count('disk'),
  };
}

/** Throws a DiskFormatError (offset of the database) where a record is of a revision that cannot be written. */
export function requireWritable(records: readonly LdmRecord[], offset: number): void {
  const strange = records.find((record) => !isWritable(record));
  if (!strange) return;
  throw new DiskFormatError(
    offset,
    `${strange.name} is a record of revision ${strange.revision}`,
    `The ${strange.kind} record ${strange.name} has revision ${strange.revision}, which cannot be written. The database stays as it is.`,
  );
}

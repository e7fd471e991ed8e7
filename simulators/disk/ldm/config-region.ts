import { SECTOR_BYTES } from '../mbr';
import { buildRecord } from './build-record';
import { newest } from './copies';
import { VBLK_BYTES } from './layout';
import type { LdmMember } from './member';
import type { LdmRecord } from './records';
import { layRecords } from './vblk';
import { buildVmdb, type Vmdb } from './vmdb';

/** A database for one disk of a group: the header and the VBLKs, in the number of slots that the disk's region has. */
export function buildConfig(
  records: readonly LdmRecord[],
  header: Pick<Vmdb, 'groupName' | 'groupGuid' | 'committedTransaction' | 'timestamp'>,
  { vmdb, tocs }: Pick<LdmMember, 'vmdb' | 'tocs'>,
): Uint8Array {
  const room = (newest(tocs).block.config.size * SECTOR_BYTES) / VBLK_BYTES;
  const slots = Math.min(vmdb.slots, room);
  const config = new Uint8Array(slots * VBLK_BYTES);
  const count = (kind: LdmRecord['kind']) => records.filter((record) => record.kind === kind).length;
  const counts = {
    volumes: count('volume'),
    components: count('component'),
    extents: count('extent'),
    disks: count('disk'),
  };
  const raw = records.map((record, index) => ({ group: index + 1, bytes: buildRecord(record) }));
  const area = layRecords(raw, SECTOR_BYTES / VBLK_BYTES, slots);
  config.set(buildVmdb({ ...header, slots, counts }));
  config.set(area, SECTOR_BYTES);
  return config;
}

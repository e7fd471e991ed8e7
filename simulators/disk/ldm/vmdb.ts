import { DiskFormatError, hasAscii } from '../bytes';
import { BlockReader } from './block-reader';
import { BlockWriter } from './block-writer';
import { VBLK_BYTES } from './layout';

const MAGIC = 'VMDB';
/** States of the database. `clean`: no transaction under way (also known: 5 new, 6 stale, 8 offline). */
export const VMDB_STATUS = { clean: 1, change: 2, commit: 3, abort: 4 } as const;

/** Where the numbers of objects stand. */
const COUNTS = { committed: 0x85, pending: 0xa1 } as const;

/** Numbers of objects of each kind in the database. */
export interface ObjectCounts {
  readonly volumes: number;
  readonly components: number;
  readonly extents: number;
  readonly disks: number;
}

/** Header of the configuration database. It has no checksum. */
export interface Vmdb {
  /** Number of VBLK slots, counting the header's own sector. */
  readonly slots: number;
  readonly vblkBytes: number;
  /** Bytes from the header to the first VBLK. */
  readonly firstVblk: number;
  readonly status: number;
  readonly groupName: string;
  readonly groupGuid: string;
  readonly committedTransaction: bigint;
  readonly pendingTransaction: bigint;
  readonly counts: ObjectCounts;
  readonly pendingCounts: ObjectCounts;
  /** FILETIME. */
  readonly timestamp: bigint;
}

/** Parses the header sector, at byte `offset` of its disk. Refuses a wrong magic, version or layout. */
export function parseVmdb(sector: Uint8Array, offset = 0): Vmdb {
  if (!hasAscii(sector, 0, MAGIC)) {
    throw new DiskFormatError(
      offset,
      'the configuration region does not start with VMDB',
      'The configuration region does not start with VMDB: the LDM database is lost on this disk.',
    );
  }
  const reader = new BlockReader(sector, 'VMDB', offset, 4);
  const slots = reader.u32();
  const vblkBytes = reader.u32();
  const firstVblk = reader.u32();
  const status = reader.u16();
  const version = `${reader.u16()}.${reader.u16()}`;
  if (version !== '4.10') {
    throw new DiskFormatError(
      offset + 0x12,
      `the VMDB has version ${version}`,
      `The VMDB has version ${version}; only 4.10 is known.`,
    );
  }
  if (vblkBytes < 32 || firstVblk < 512) {
    throw new DiskFormatError(
      offset + 0x08,
      `VBLKs of ${vblkBytes} bytes from byte ${firstVblk} on`,
      `The VMDB says VBLKs of ${vblkBytes} bytes from byte ${firstVblk} on, which cannot be right.`,
    );
  }
  return {
    slots,
    vblkBytes,
    firstVblk,
    status,
    groupName: reader.fixedText(31),
    groupGuid: reader.fixedText(64),
    committedTransaction: reader.u64(),
    pendingTransaction: reader.u64(),
    counts: readCounts(new BlockReader(sector, 'VMDB', offset, COUNTS.committed)),
    pendingCounts: readCounts(new BlockReader(sector, 'VMDB', offset, COUNTS.pending)),
    timestamp: new BlockReader(sector, 'VMDB', offset, 0xbd).u64(),
  };
}

function readCounts(reader: BlockReader): ObjectCounts {
  return { volumes: reader.u32(), components: reader.u32(), extents: reader.u32(), disks: reader.u32() };
}

/** Builds a clean header: pending and committed state are the same. */
export function buildVmdb(
  header: Omit<Vmdb, 'status' | 'vblkBytes' | 'firstVblk' | 'pendingTransaction' | 'pendingCounts'>,
): Uint8Array {
  const { counts } = header;
  const block = new BlockWriter()
    .fixedText(MAGIC, 4)
    .u32(header.slots)
    .u32(VBLK_BYTES)
    .u32(512)
    .u16(VMDB_STATUS.clean)
    .u16(4)
    .u16(10)
    .fixedText(header.groupName, 31)
    .fixedText(header.groupGuid, 64)
    .u64(header.committedTransaction)
    .u64(header.committedTransaction);
  for (let copy = 0; copy < 2; copy += 1) {
    block.u32(counts.volumes).u32(counts.components).u32(counts.extents).u32(counts.disks).zeros(12);
  }
  return block.u64(header.timestamp).finish(512);
}

/** A copy of the header, clean, with a new transaction number and timestamp; all other bytes stay. */
export function touchVmdb(sector: Uint8Array, transaction: bigint, timestamp: bigint): Uint8Array {
  const changed = sector.slice(0, 512);
  const view = new DataView(changed.buffer);
  view.setUint16(0x10, VMDB_STATUS.clean);
  view.setBigUint64(0x75, transaction);
  view.setBigUint64(0x7d, transaction);
  view.setBigUint64(0xbd, timestamp);
  return changed;
}

/**
 * A copy of the header in the midst of a transaction: the committed state stays, the pending one and the status are new.
 * All other bytes stay.
 */
export function pendingVmdb(
  sector: Uint8Array,
  status: (typeof VMDB_STATUS)['change' | 'commit'],
  transaction: bigint,
  counts: ObjectCounts,
): Uint8Array {
  const changed = sector.slice(0, 512);
  const view = new DataView(changed.buffer);
  view.setUint16(0x10, status);
  view.setBigUint64(0x7d, transaction);
  writeCounts(view, COUNTS.pending, counts);
  return changed;
}

/** A copy of the header, clean again: what was pending is committed. */
export function committedVmdb(
  sector: Uint8Array,
  transaction: bigint,
  counts: ObjectCounts,
  timestamp: bigint,
): Uint8Array {
  const changed = touchVmdb(sector, transaction, timestamp);
  const view = new DataView(changed.buffer);
  for (const position of [COUNTS.committed, COUNTS.pending]) writeCounts(view, position, counts);
  return changed;
}

function writeCounts(view: DataView, position: number, counts: ObjectCounts): void {
  [counts.volumes, counts.components, counts.extents, counts.disks].forEach((count, index) => {
    view.setUint32(position + 4 * index, count);
  });
}

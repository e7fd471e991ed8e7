import { DiskFormatError, hasAscii } from '../bytes';
import { BlockReader } from './block-reader';
import { BlockWriter } from './block-writer';
import { VBLK_BYTES } from './layout';

const MAGIC = 'VMDB';
/** Status 1: no transaction under way (2 change, 3 commit, 4 abort, 5 new, 6 stale, 8 offline). */
const CLEAN = 1;

/** Numbers of objects of each kind in the database. */
interface ObjectCounts {
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
    counts: { volumes: reader.u32(), components: reader.u32(), extents: reader.u32(), disks: reader.u32() },
    timestamp: new BlockReader(sector, 'VMDB', offset, 0xbd).u64(),
  };
}

/** Builds a clean header: pending and committed state are the same. */
export function buildVmdb(
  header: Omit<Vmdb, 'status' | 'vblkBytes' | 'firstVblk' | 'pendingTransaction'>,
): Uint8Array {
  const { counts } = header;
  const block = new BlockWriter()
    .fixedText(MAGIC, 4)
    .u32(header.slots)
    .u32(VBLK_BYTES)
    .u32(512)
    .u16(CLEAN)
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
  view.setUint16(0x10, CLEAN);
  view.setBigUint64(0x75, transaction);
  view.setBigUint64(0x7d, transaction);
  view.setBigUint64(0xbd, timestamp);
  return changed;
}

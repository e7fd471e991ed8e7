import { DiskFormatError, encodeLatin1, readU16BE, readU32BE, writeU16BE, writeU32BE } from '../bytes';
import { VBLK_BYTES } from './layout';

/** Before the part of a record that a slot holds. */
export const HEADER_BYTES = 16;
export const PAYLOAD_BYTES = VBLK_BYTES - HEADER_BYTES;
const MAGIC_BYTES = encodeLatin1('VBLK');
const [V, B, L, K] = MAGIC_BYTES;

/** One record of the database, put together from its fragments; the bytes start with the record header. */
export interface RawRecord {
  /** Number that all fragments of the record share. */
  readonly group: number;
  readonly bytes: Uint8Array;
  /** Byte offset on the disk of a position in `bytes`. */
  readonly offsetOf: (position: number) => number;
}

interface OpenRecord {
  readonly count: number;
  /** By index, where each fragment's payload starts in the VBLK area. */
  readonly fragments: Map<number, number>;
}

/**
 * Collects the records from the VBLK area, fragments in the order of their index. Free slots are skipped. Refuses a
 * slot without magic and a record without one of its fragments.
 *
 * @param offset of the area on its disk, in bytes
 */
export function joinFragments(area: Uint8Array, vblkBytes: number, offset = 0): RawRecord[] {
  return join(area, vblkBytes, offset, collectFragments(area, vblkBytes, offset));
}

/** As joinFragments, in the midst of a transaction: a record without one of its fragments is left out. */
export function joinWholeRecords(area: Uint8Array, vblkBytes: number, offset = 0): RawRecord[] {
  const open = collectFragments(area, vblkBytes, offset);
  for (const [group, { count, fragments }] of open) if (fragments.size !== count) open.delete(group);
  return join(area, vblkBytes, offset, open);
}

function join(
  area: Uint8Array,
  vblkBytes: number,
  offset: number,
  open: ReadonlyMap<number, OpenRecord>,
): RawRecord[] {
  return [...open].map(([group, record]) =>
    joinRecord(group, record, area, vblkBytes - HEADER_BYTES, offset),
  );
}

function collectFragments(area: Uint8Array, vblkBytes: number, offset: number): Map<number, OpenRecord> {
  const open = new Map<number, OpenRecord>();
  for (let at = 0; at + vblkBytes <= area.length; at += vblkBytes) {
    // Thousands of slots, nearly all of them free: without a call for each.
    if (area[at] !== V || area[at + 1] !== B || area[at + 2] !== L || area[at + 3] !== K) {
      throw new DiskFormatError(
        offset + at,
        'no VBLK stands in a slot of the VBLK area',
        `No VBLK stands at byte ${at} of the VBLK area. The LDM database is damaged.`,
      );
    }
    if (area[at + 14] === 0 && area[at + 15] === 0) continue;
    const count = readU16BE(area, at + 14);
    const group = readU32BE(area, at + 8);
    const index = readU16BE(area, at + 12);
    const record = open.get(group) ?? { count, fragments: new Map<number, number>() };
    if (record.count !== count || index >= count || record.fragments.has(index)) {
      throw new DiskFormatError(
        offset + at + 8,
        `fragment ${index} of ${count} does not fit record ${group}`,
        `Fragment ${index} of ${count} does not fit the other fragments of LDM record ${group}. The database is damaged.`,
      );
    }
    record.fragments.set(index, at + HEADER_BYTES);
    open.set(group, record);
  }
  return open;
}

function joinRecord(
  group: number,
  { count, fragments }: OpenRecord,
  area: Uint8Array,
  size: number,
  offset: number,
): RawRecord {
  if (fragments.size !== count) {
    const [anyStart = 0] = fragments.values();
    throw new DiskFormatError(
      offset + anyStart - HEADER_BYTES,
      `record ${group} has ${fragments.size} of its ${count} fragments`,
      `LDM record ${group} has ${fragments.size} of its ${count} fragments. The database is damaged.`,
    );
  }
  const bytes = new Uint8Array(count * size);
  for (const [index, start] of fragments) bytes.set(area.subarray(start, start + size), index * size);
  const offsetOf = (position: number) => {
    const index = Math.min(count - 1, Math.floor(position / size));
    return offset + fragments.get(index)! + position - index * size;
  };
  return { group, bytes, offsetOf };
}

/**
 * Lays records out from a slot number on and fills the rest of the slots as free ones. `firstSlot` is 4: the header
 * sector takes the room of four.
 */
export function layRecords(
  records: readonly Pick<RawRecord, 'group' | 'bytes'>[],
  firstSlot: number,
  slots: number,
): Uint8Array {
  const area = new Uint8Array((slots - firstSlot) * VBLK_BYTES);
  const free = slots - firstSlot;
  if (slotsOf(records) > free)
    throw new RangeError(`The LDM database has only ${free} free VBLK slots; the records need more.`);
  let slot = firstSlot;
  const put = (group: number, index: number, count: number) => {
    const at = (slot - firstSlot) * VBLK_BYTES;
    writeSlotHeader(area, at, { slot, group, index, count });
    slot += 1;
    return at + HEADER_BYTES;
  };
  for (const { group, bytes } of records) {
    const count = Math.ceil(bytes.length / PAYLOAD_BYTES);
    for (let index = 0; index < count; index += 1) {
      const start = index * PAYLOAD_BYTES;
      area.set(bytes.subarray(start, start + PAYLOAD_BYTES), put(group, index, count));
    }
  }
  while (slot < slots) put(0, 0, 0);
  return area;
}

/** Slots that the records take. */
export function slotsOf(records: readonly Pick<RawRecord, 'bytes'>[]): number {
  return records.reduce((slots, { bytes }) => slots + Math.ceil(bytes.length / PAYLOAD_BYTES), 0);
}

/** The header of the slot at byte `at`; group and count are 0 in a free one. */
export function writeSlotHeader(
  area: Uint8Array,
  at: number,
  header: {
    readonly slot: number;
    readonly group: number;
    readonly index: number;
    readonly count: number;
  },
): void {
  area.set(MAGIC_BYTES, at);
  writeU32BE(area, at + 4, header.slot);
  writeU32BE(area, at + 8, header.group);
  writeU16BE(area, at + 12, header.index);
  writeU16BE(area, at + 14, header.count);
}

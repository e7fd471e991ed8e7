import { BlockReader, BlockWriter } from './bytes';
import { VBLK_BYTES } from './layout';

const HEADER_BYTES = 16;
const MAGIC = 'VBLK';

/** One record of the database, put together from its fragments; the bytes start with the record header. */
export interface RawRecord {
  /** Number that all fragments of the record share. */
  readonly group: number;
  readonly bytes: Uint8Array;
}

/**
 * Collects the records from the VBLK area, fragments in the order of their index. Free slots are skipped. Throws
 * where a slot has no magic or a fragment is missing.
 */
export function joinFragments(area: Uint8Array, vblkBytes: number): RawRecord[] {
  const open = new Map<number, { count: number; fragments: Map<number, Uint8Array> }>();
  for (let at = 0; at + vblkBytes <= area.length; at += vblkBytes) {
    const block = area.subarray(at, at + vblkBytes);
    const reader = new BlockReader(block, 'VBLK');
    if (reader.fixedText(4) !== MAGIC)
      throw new Error(`No VBLK stands at byte ${at} of the VBLK area. The LDM database is damaged.`);
    reader.skip(4);
    const group = reader.u32();
    const index = reader.u16();
    const count = reader.u16();
    if (count === 0) continue;
    const record = open.get(group) ?? { count, fragments: new Map<number, Uint8Array>() };
    if (record.count !== count || index >= count || record.fragments.has(index)) {
      throw new Error(
        `Fragment ${index} of ${count} does not fit the other fragments of LDM record ${group}. The database is damaged.`,
      );
    }
    record.fragments.set(index, block.slice(HEADER_BYTES));
    open.set(group, record);
  }
  return [...open].map(([group, { count, fragments }]) => {
    if (fragments.size !== count) {
      throw new Error(
        `LDM record ${group} has ${fragments.size} of its ${count} fragments. The database is damaged.`,
      );
    }
    const size = vblkBytes - HEADER_BYTES;
    const bytes = new Uint8Array(count * size);
    for (const [index, fragment] of fragments) bytes.set(fragment, index * size);
    return { group, bytes };
  });
}

/**
 * Lays records out from a slot number on and fills the rest of the slots as free ones. `firstSlot` is 4: the header
 * sector takes the room of four.
 */
export function layRecords(records: readonly RawRecord[], firstSlot: number, slots: number): Uint8Array {
  const size = VBLK_BYTES - HEADER_BYTES;
  const area = new Uint8Array((slots - firstSlot) * VBLK_BYTES);
  let slot = firstSlot;
  const put = (group: number, index: number, count: number, bytes: Uint8Array) => {
    if (slot >= slots)
      throw new RangeError(
        `The LDM database has only ${slots - firstSlot} free VBLK slots; the records need more.`,
      );
    const header = new BlockWriter().fixedText(MAGIC, 4).u32(slot).u32(group).u16(index).u16(count);
    area.set(header.raw(bytes).finish(VBLK_BYTES), (slot - firstSlot) * VBLK_BYTES);
    slot += 1;
  };
  for (const { group, bytes } of records) {
    const count = Math.ceil(bytes.length / size);
    for (let index = 0; index < count; index += 1) {
      put(group, index, count, bytes.slice(index * size, (index + 1) * size));
    }
  }
  while (slot < slots) put(0, 0, 0, new Uint8Array(0));
  return area;
}

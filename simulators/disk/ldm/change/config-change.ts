import { readU16BE, readU32BE, writeU16BE } from '../../bytes';
import { type Patch, SECTOR_BYTES } from '../../mbr';
import { buildRecord } from '../build-record';
import { countObjects } from '../config-region';
import { VBLK_BYTES } from '../layout';
import { parseRecord } from '../parse-record';
import { type LdmRecord, RECORD_STATUS } from '../records';
import { HEADER_BYTES, joinFragments, PAYLOAD_BYTES, writeSlotHeader } from '../vblk';
import { committedVmdb, pendingVmdb, VMDB_STATUS } from '../vmdb';

/** The header sector takes the room of four slots. */
const FIRST_SLOT = SECTOR_BYTES / VBLK_BYTES;

/**
 * What to write, one patch after the other, so that a clean database holds other records: new ones are written beside the old
 * ones, one sector says that they count from now on, then the old ones go (the states are known from LGPL code and were
 * not seen in a sample). A stop after any sector leaves the old records or the new ones, as `settledRecords` reads it.
 * Undefined where there is no room for both at once.
 *
 * @param region the config region, header first @param offset of it on the disk, in bytes
 */
export function configChange(
  region: Uint8Array,
  offset: number,
  records: readonly LdmRecord[],
  { transaction, timestamp }: { readonly transaction: bigint; readonly timestamp: bigint },
): Patch[] | undefined {
  const slots = new Slots(region);
  const wanted = new Map(records.map((record) => [record.id, buildRecord(record)]));
  const stays = new Set<number>();
  const leaving: number[][] = [];
  for (const [id, { bytes, places }] of slots.records) {
    const next = wanted.get(id);
    if (next && sameRecord(bytes, next)) stays.add(id);
    else leaving.push(places);
  }
  const coming = [...wanted].filter(([id]) => !stays.has(id)).map(([, bytes]) => bytes);
  const header = region.subarray(0, SECTOR_BYTES);
  const counts = countObjects(records);
  const both = region.slice();
  setStatus(both, leaving, RECORD_STATUS.toBeDeleted);
  const added: number[][] = [];
  for (const bytes of coming) {
    const places = slots.place(both, bytes);
    if (!places) return undefined;
    added.push(places);
  }
  setStatus(both, added, RECORD_STATUS.toBeAdded);
  const after = both.slice();
  for (const slot of leaving.flat()) free(after, slot);
  setStatus(after, added, RECORD_STATUS.active);
  const headerPatch = (bytes: Uint8Array): Patch => ({ offsetBytes: offset, bytes });
  return [
    headerPatch(pendingVmdb(header, VMDB_STATUS.change, transaction, counts)),
    ...sectorsOf([...starts(leaving), ...added.flat()], both, offset),
    headerPatch(pendingVmdb(header, VMDB_STATUS.commit, transaction, counts)),
    ...sectorsOf([...leaving.flat(), ...starts(added)], after, offset),
    headerPatch(committedVmdb(header, transaction, counts, timestamp)),
  ];
}

/** The slots of a database: who has which, and which are free. */
class Slots {
  /** By object id: the bytes, and the slots in the order of the fragments. */
  readonly records = new Map<number, { readonly bytes: Uint8Array; readonly places: number[] }>();
  readonly #free: number[] = [];
  readonly #groups = new Set<number>();

  constructor(region: Uint8Array) {
    const byGroup = new Map<number, number[]>();
    for (let slot = FIRST_SLOT; (slot + 1) * VBLK_BYTES <= region.length; slot += 1) {
      const at = slot * VBLK_BYTES;
      if (readU16BE(region, at + 14) === 0) {
        this.#free.push(slot);
        continue;
      }
      const group = readU32BE(region, at + 8);
      const places = byGroup.get(group) ?? [];
      places[readU16BE(region, at + 12)] = slot;
      byGroup.set(group, places);
    }
    for (const raw of joinFragments(region.subarray(SECTOR_BYTES), VBLK_BYTES)) {
      this.#groups.add(raw.group);
      this.records.set(parseRecord(raw).id, { bytes: raw.bytes, places: byGroup.get(raw.group) ?? [] });
    }
  }

  /** Writes a record into free slots. @returns these; undefined where they do not suffice */
  place(region: Uint8Array, bytes: Uint8Array): number[] | undefined {
    const count = Math.ceil(bytes.length / PAYLOAD_BYTES);
    const places = this.#free.splice(0, count);
    if (places.length < count) return undefined;
    let group = 1;
    while (this.#groups.has(group)) group += 1;
    this.#groups.add(group);
    places.forEach((slot, index) => {
      const at = slot * VBLK_BYTES;
      writeSlotHeader(region, at, { slot, group, index, count });
      region.fill(0, at + HEADER_BYTES, at + VBLK_BYTES);
      const part = bytes.subarray(index * PAYLOAD_BYTES, (index + 1) * PAYLOAD_BYTES);
      region.set(part, at + HEADER_BYTES);
    });
    return places;
  }
}

/** The first slot of each record. */
function starts(records: readonly (readonly number[])[]): number[] {
  return records.flatMap(([first]) => (first === undefined ? [] : [first]));
}

function setStatus(region: Uint8Array, records: readonly (readonly number[])[], status: number): void {
  for (const first of starts(records)) writeU16BE(region, first * VBLK_BYTES + HEADER_BYTES, status);
}

function free(region: Uint8Array, slot: number): void {
  const at = slot * VBLK_BYTES;
  writeSlotHeader(region, at, { slot, group: 0, index: 0, count: 0 });
  region.fill(0, at + HEADER_BYTES, at + VBLK_BYTES);
}

/** The slots of a record end with zeros behind it. */
function sameRecord(held: Uint8Array, built: Uint8Array): boolean {
  return held.length >= built.length && held.every((byte, index) => byte === (built[index] ?? 0));
}

/** The sectors that hold these slots, runs of them as one patch. */
function sectorsOf(slots: readonly number[], region: Uint8Array, offset: number): Patch[] {
  const perSector = SECTOR_BYTES / VBLK_BYTES;
  const sectors = [...new Set(slots.map((slot) => Math.floor(slot / perSector)))].sort((a, b) => a - b);
  const runs: { from: number; to: number }[] = [];
  for (const sector of sectors) {
    const last = runs.at(-1);
    if (last?.to === sector) last.to += 1;
    else runs.push({ from: sector, to: sector + 1 });
  }
  return runs.map(({ from, to }) => ({
    offsetBytes: offset + from * SECTOR_BYTES,
    bytes: region.slice(from * SECTOR_BYTES, to * SECTOR_BYTES),
  }));
}

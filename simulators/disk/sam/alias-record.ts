import { concatBytes, decodeUtf16, encodeUtf16, writeU32 } from '../bytes';
import type { ValuePlace } from '../registry';
import { samDescriptor } from './account-record';
import { DESCRIPTOR_REVISION, readEntries, readEntry, writeEntries } from './record-entries';

/** Parts of a local group's C value; its head is the RID. */
const HEAD = 4;
const C_PARTS = 4;
const MEMBERS = 3;

export function newAlias(rid: number, name: string, comment: string): Uint8Array {
  const head = new Uint8Array(HEAD);
  writeU32(head, 0, rid);
  return writeEntries(head, [
    { data: samDescriptor(), extra: DESCRIPTOR_REVISION },
    { data: encodeUtf16(name), extra: 0 },
    { data: encodeUtf16(comment), extra: 0 },
    { data: new Uint8Array(0), extra: 0 },
  ]);
}

/** A local group's texts and members. */
export interface AliasRecord {
  readonly name: string;
  readonly comment: string;
  /** SIDs in their on-disk bytes. */
  readonly members: readonly Uint8Array[];
}

/** Takes a C value apart. Throws a SamError for parts outside of it. */
export function readAlias(c: Uint8Array, place: ValuePlace): AliasRecord {
  const entries = readEntries(c, HEAD, C_PARTS, place);
  return {
    name: decodeUtf16(entries[1]!.data),
    comment: decodeUtf16(entries[2]!.data),
    members: membersOf(entries[MEMBERS]!.data),
  };
}

/** The members of a C value, as views of it. Throws a SamError where they lie outside of it. */
export function readAliasMembers(c: Uint8Array, place: ValuePlace): readonly Uint8Array[] {
  return membersOf(readEntry(c, HEAD, C_PARTS, MEMBERS, place));
}

function membersOf(data: Uint8Array): readonly Uint8Array[] {
  const members: Uint8Array[] = [];
  for (let at = 0; at + 8 <= data.length; ) {
    const length = 8 + 4 * data[at + 1]!;
    members.push(data.subarray(at, at + length));
    at += length;
  }
  return members;
}

/** The C value with these members instead of its own. */
export function withMembers(c: Uint8Array, members: readonly Uint8Array[], place: ValuePlace): Uint8Array {
  const entries = readEntries(c, HEAD, C_PARTS, place);
  entries[MEMBERS] = { data: concatBytes(...members), extra: members.length };
  return writeEntries(c.slice(0, HEAD), entries);
}

import { concatBytes, encodeUtf16, writeU32 } from '../bytes';
import { samDescriptor } from './account-record';
import { DESCRIPTOR_REVISION, readEntries, writeEntries } from './record-entries';

/** Parts of a local group's C value; its head is the RID. */
const C_PARTS = 4;
const MEMBERS = 3;

export function newAlias(rid: number, name: string, comment: string): Uint8Array {
  const head = new Uint8Array(4);
  writeU32(head, 0, rid);
  return writeEntries(head, [
    { data: samDescriptor(), extra: DESCRIPTOR_REVISION },
    { data: encodeUtf16(name), extra: 0 },
    { data: encodeUtf16(comment), extra: 0 },
    { data: new Uint8Array(0), extra: 0 },
  ]);
}

/** SIDs of the members, in their on-disk bytes. */
export function aliasMembers(c: Uint8Array): Uint8Array[] {
  const { data } = readEntries(c, 4, C_PARTS)[MEMBERS]!;
  const members: Uint8Array[] = [];
  for (let at = 0; at + 8 <= data.length; ) {
    const length = 8 + 4 * data[at + 1]!;
    members.push(data.slice(at, at + length));
    at += length;
  }
  return members;
}

/** The C value with one more member. */
export function withMember(c: Uint8Array, sid: Uint8Array): Uint8Array {
  const members = aliasMembers(c);
  const entries = readEntries(c, 4, C_PARTS);
  entries[MEMBERS] = { data: concatBytes(...members, sid), extra: members.length + 1 };
  return writeEntries(c.slice(0, 4), entries);
}

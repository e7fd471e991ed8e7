import { concatBytes } from './byte-rows';
import { writeU16, writeU32 } from './little-endian';

/** On-disk bytes of a SID text such as `S-1-5-32-544` (MS-DTYP 2.4.2.2). Throws a TypeError on other text. */
export function encodeSid(text: string): Uint8Array {
  const match = /^S-1-(\d{1,9})((?:-\d{1,10}){1,15})$/.exec(text);
  if (match === null) throw new TypeError(`"${text}" is not a security identifier such as S-1-5-32-544`);
  const subAuthorities = match[2]!.slice(1).split('-').map(Number);
  const bytes = new Uint8Array(8 + 4 * subAuthorities.length);
  bytes[0] = 1;
  bytes[1] = subAuthorities.length;
  bytes[7] = Number(match[1]);
  subAuthorities.forEach((authority, index) => {
    writeU32(bytes, 8 + 4 * index, authority);
  });
  return bytes;
}

/** One entry of an access control list: who, and which accesses are allowed or audited. */
interface AccessEntry {
  readonly sid: string;
  /** Access mask. */
  readonly access: number;
  /** ACE flags, e.g. 2 for "containers inherit". Default 0. */
  readonly flags?: number;
}

interface SecurityDescriptorFields {
  readonly owner: string;
  readonly group: string;
  readonly allow: readonly AccessEntry[];
  /** Accesses whose success and failure is audited. Default: none. */
  readonly audit?: readonly AccessEntry[];
}

const ACCESS_ALLOWED = 0;
const SYSTEM_AUDIT = 2;
/** Both success and failure are audited. */
const AUDIT_ALL = 0xc0;

/** Self-relative security descriptor (MS-DTYP 2.4.6), in the order that Windows writes: SACL, DACL, owner, group. */
export function encodeSecurityDescriptor(fields: SecurityDescriptorFields): Uint8Array {
  const ownerSid = encodeSid(fields.owner);
  const audit = fields.audit ?? [];
  const sacl = audit.length === 0 ? new Uint8Array(0) : accessList(SYSTEM_AUDIT, AUDIT_ALL, audit);
  const dacl = accessList(ACCESS_ALLOWED, 0, fields.allow);
  const daclOffset = 20 + sacl.length;
  const ownerOffset = daclOffset + dacl.length;
  const header = new Uint8Array(20);
  header[0] = 1; // revision
  writeU16(header, 2, sacl.length === 0 ? 0x8004 : 0x8014); // self-relative; DACL, SACL present
  writeU32(header, 4, ownerOffset);
  writeU32(header, 8, ownerOffset + ownerSid.length);
  writeU32(header, 12, sacl.length === 0 ? 0 : 20);
  writeU32(header, 16, daclOffset);
  return concatBytes(header, sacl, dacl, ownerSid, encodeSid(fields.group));
}

function accessList(type: number, flags: number, entries: readonly AccessEntry[]): Uint8Array {
  const list = concatBytes(new Uint8Array(8), ...entries.map((entry) => accessEntry(type, flags, entry)));
  list[0] = 2; // revision
  writeU16(list, 2, list.length);
  writeU16(list, 4, entries.length);
  return list;
}

function accessEntry(type: number, listFlags: number, { sid, access, flags = 0 }: AccessEntry): Uint8Array {
  const entry = concatBytes(new Uint8Array(8), encodeSid(sid));
  entry[0] = type;
  entry[1] = flags | listFlags;
  writeU16(entry, 2, entry.length);
  writeU32(entry, 4, access);
  return entry;
}

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

export interface AllowEntry {
  readonly sid: string;
  /** Access mask. */
  readonly access: number;
  /** ACE flags, e.g. 2 for "containers inherit". Default 0. */
  readonly flags?: number;
}

export interface SecurityDescriptorFields {
  readonly owner: string;
  readonly group: string;
  readonly allow: readonly AllowEntry[];
}

/** Self-relative security descriptor with a list of allowed accesses and no auditing (MS-DTYP 2.4.6). */
export function encodeSecurityDescriptor({ owner, group, allow }: SecurityDescriptorFields): Uint8Array {
  const ownerSid = encodeSid(owner);
  const acl = concatBytes(new Uint8Array(8), ...allow.map(encodeAllowEntry));
  acl[0] = 2; // revision
  writeU16(acl, 2, acl.length);
  writeU16(acl, 4, allow.length);
  const header = new Uint8Array(20);
  header[0] = 1; // revision
  writeU16(header, 2, 0x8004); // self-relative, DACL present
  writeU32(header, 4, 20 + acl.length);
  writeU32(header, 8, 20 + acl.length + ownerSid.length);
  writeU32(header, 16, 20);
  return concatBytes(header, acl, ownerSid, encodeSid(group));
}

function encodeAllowEntry({ sid, access, flags = 0 }: AllowEntry): Uint8Array {
  const entry = concatBytes(new Uint8Array(8), encodeSid(sid));
  entry[1] = flags;
  writeU16(entry, 2, entry.length);
  writeU32(entry, 4, access);
  return entry;
}

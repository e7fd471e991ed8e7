import { concatBytes, fromHex, writeU16, writeU32 } from '../bytes';

const ADMINISTRATORS = [32, 544];
const LOCAL_SYSTEM = [18];
const USERS = [32, 545];
const KEY_ALL_ACCESS = 0xf003f;
const KEY_READ = 0x20019;

/** SID `S-1-5-...` (MS-DTYP 2.4.2.2). */
function ntAuthoritySid(subAuthorities: readonly number[]): Uint8Array {
  const sid = new Uint8Array(8 + 4 * subAuthorities.length);
  sid.set([1, subAuthorities.length, 0, 0, 0, 0, 0, 5]);
  subAuthorities.forEach((authority, index) => {
    writeU32(sid, 8 + 4 * index, authority);
  });
  return sid;
}

/** ACCESS_ALLOWED_ACE that subkeys inherit (MS-DTYP 2.4.4.2). */
function allow(subAuthorities: readonly number[], access: number): Uint8Array {
  const sid = ntAuthoritySid(subAuthorities);
  const ace = concatBytes(fromHex('0002'), new Uint8Array(6), sid);
  writeU16(ace, 2, ace.length);
  writeU32(ace, 4, access);
  return ace;
}

/**
 * Self-relative security descriptor (MS-DTYP 2.4.6) for keys of a new hive: owner and full access for
 * Administrators, full access for SYSTEM, read for Users. Which rights to grant is our choice.
 */
export function defaultSecurityDescriptor(): Uint8Array {
  const owner = ntAuthoritySid(ADMINISTRATORS);
  const group = ntAuthoritySid(LOCAL_SYSTEM);
  const entries = concatBytes(
    allow(ADMINISTRATORS, KEY_ALL_ACCESS),
    allow(LOCAL_SYSTEM, KEY_ALL_ACCESS),
    allow(USERS, KEY_READ),
  );
  const acl = concatBytes(fromHex('0200 0000 0300 0000'), entries);
  writeU16(acl, 2, acl.length);
  const header = new Uint8Array(20);
  header[0] = 1;
  writeU16(header, 2, 0x8004); // self-relative, DACL present
  writeU32(header, 4, 20 + acl.length);
  writeU32(header, 8, 20 + acl.length + owner.length);
  writeU32(header, 16, 20);
  return concatBytes(header, acl, owner, group);
}

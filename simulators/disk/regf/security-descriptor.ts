import { encodeSecurityDescriptor } from '../bytes';

const ADMINISTRATORS = 'S-1-5-32-544';
const LOCAL_SYSTEM = 'S-1-5-18';
const USERS = 'S-1-5-32-545';
const KEY_ALL_ACCESS = 0xf003f;
const KEY_READ = 0x20019;
/** Subkeys inherit the entry. */
const CONTAINERS_INHERIT = 2;

/** For keys of a new hive. Who may do what is our choice: Administrators and SYSTEM everything, Users read. */
export function defaultSecurityDescriptor(): Uint8Array {
  return encodeSecurityDescriptor({
    owner: ADMINISTRATORS,
    group: LOCAL_SYSTEM,
    allow: [
      { sid: ADMINISTRATORS, access: KEY_ALL_ACCESS, flags: CONTAINERS_INHERIT },
      { sid: LOCAL_SYSTEM, access: KEY_ALL_ACCESS, flags: CONTAINERS_INHERIT },
      { sid: USERS, access: KEY_READ, flags: CONTAINERS_INHERIT },
    ],
  });
}

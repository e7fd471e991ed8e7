import { readU16, readU32, writeU16, writeU32 } from '../bytes';
import type { Hive, HiveKey } from '../regf';
import { FField } from './account-record';
import { AccountError } from './sam-error';
import { ACCOUNT_DOMAIN, hexRid, isRecordKey, samRecord, USERS } from './sam-keys';

const NEXT_RID_OFFSET = 0x48;
/** Characters that Windows refuses in account names. */
const FORBIDDEN = /["/\\[\]:;|=,+*?<>]/;

/** Whether Windows takes the name for a new account: 1 to 20 characters, some of them not allowed. */
export function isAccountName(name: string): boolean {
  return name !== '' && name.length <= 20 && !FORBIDDEN.test(name);
}

/** The keys of the accounts in a SAM hive, and the fixed fields of their F values. */
export class AccountKeys {
  constructor(private readonly hive: Hive) {}

  /** In the order of their relative identifiers. */
  list(): HiveKey[] {
    const keys = this.hive.key(USERS)?.subkeys() ?? [];
    return keys.filter(isRecordKey);
  }

  /** The key of an account's name, in any case. */
  find(name: string): HiveKey | undefined {
    if (name === '' || FORBIDDEN.test(name)) return undefined;
    const rid = this.hive.key(`${USERS}\\Names\\${name}`)?.getValue('')?.type;
    return rid === undefined ? undefined : this.hive.key(`${USERS}\\${hexRid(rid)}`);
  }

  /** Throws an AccountError that names the accounts there are. */
  require(name: string): HiveKey {
    const key = this.find(name);
    if (key !== undefined) return key;
    const names = (this.hive.key(`${USERS}\\Names`)?.subkeys() ?? []).map((one) => one.name);
    throw new AccountError(
      'no-such-account',
      `The SAM has no account "${name}"; it has ${names.join(', ') || 'none'}`,
    );
  }

  create(name: string, rid: number): HiveKey {
    const key = this.hive.createKey(`${USERS}\\${hexRid(rid)}`);
    // The type of a name's default value is the account's RID.
    this.hive.createKey(`${USERS}\\Names\\${name}`).setValue('', { type: rid, data: new Uint8Array(0) });
    this.count();
    return key;
  }

  delete(name: string, key: HiveKey): void {
    this.hive.deleteKey(`${USERS}\\Names\\${name}`);
    this.hive.deleteKey(key.path);
    this.count();
  }

  /** @param flag a bit of AccountFlag */
  changeFlags(key: HiveKey, flag: number, on: boolean): void {
    this.changeF(key, (f) => {
      const flags = readU16(f, FField.flags);
      writeU16(f, FField.flags, on ? flags | flag : flags & ~flag);
    });
  }

  changeF(key: HiveKey, change: (f: Uint8Array) => void): void {
    const f = samRecord(key, 'F', FField.end).data.slice();
    change(f);
    key.setBinary('F', f);
  }

  /** The domain's next relative identifier, which is used up by this. */
  takeNextRid(): number {
    const domain = this.hive.key(ACCOUNT_DOMAIN)!;
    const rid = readU32(samRecord(domain, 'F', FField.end).data, NEXT_RID_OFFSET);
    this.changeF(domain, (f) => writeU32(f, NEXT_RID_OFFSET, (rid + 1) >>> 0));
    return rid;
  }

  private count(): void {
    this.hive.createKey(USERS).setValue('', { type: this.list().length, data: new Uint8Array(0) });
  }
}

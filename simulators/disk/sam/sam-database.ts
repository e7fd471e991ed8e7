import { readU16, readU32, readU64, sameBytes, writeU16, writeU32, writeU64 } from '../bytes';
import type { Hive, HiveClock, HiveKey } from '../regf';
import {
  AccountFlag,
  FField,
  newAccountF,
  newAccountV,
  partText,
  readAccountParts,
  VPart,
  writeAccountParts,
} from './account-record';
import { type DomainKey, decryptDomainKey } from './domain-key';
import { ntHash, openHash, sealHash } from './password-hash';
import { SamError } from './sam-error';
import { BuiltinGroup, SamGroups } from './sam-groups';
import { ACCOUNT_DOMAIN, hexRid, samRecord as record } from './sam-keys';

const USERS = `${ACCOUNT_DOMAIN}\\Users`;
const NEXT_RID_OFFSET = 0x48;
const KEY_ID_OFFSET = 0xd8;
/** Characters that Windows refuses in account names. */
const FORBIDDEN = /["/\\[\]:;|=,+*?<>]/;

export interface LocalAccount {
  /** Relative identifier: 500 Administrator, 501 Guest, 1000 and up the others. */
  readonly rid: number;
  readonly name: string;
  readonly fullName: string;
  readonly comment: string;
  readonly enabled: boolean;
  readonly locked: boolean;
  readonly passwordNeverExpires: boolean;
  /** False where no hash is stored: the account opens with an empty password. */
  readonly hasPassword: boolean;
  /** FILETIME; 0 where none was ever set. */
  readonly passwordLastSet: bigint;
  /** A direct member of the local group Administrators. */
  readonly administrator: boolean;
}

export interface NewAccount {
  readonly name: string;
  /** Default: none. */
  readonly password?: string | undefined;
  readonly fullName?: string | undefined;
  readonly comment?: string | undefined;
  /** Default true. */
  readonly enabled?: boolean | undefined;
  /** Default false. */
  readonly administrator?: boolean | undefined;
  /** Default: the domain's next one. */
  readonly rid?: number | undefined;
}

export interface SamOptions {
  /** Stamps password changes; without one the time of the last change stays. */
  readonly clock?: HiveClock | undefined;
  /** So many random bytes, for the salts that AES needs; without it an account's old salt is used again. */
  readonly random?: ((length: number) => Uint8Array) | undefined;
}

/** The local accounts of a SAM hive. Changes go straight into the hive; serialize the hive to keep them. */
export class SamDatabase {
  private readonly groups: SamGroups;

  private constructor(
    readonly hive: Hive,
    private readonly domainKey: DomainKey,
    private readonly options: SamOptions,
  ) {
    this.groups = new SamGroups(hive);
  }

  /** Throws a SamError when the hive is no SAM or the boot key (see bootKeyOf) is another Windows'. */
  static open(hive: Hive, bootKey: Uint8Array, options: SamOptions = {}): SamDatabase {
    const domain = hive.key(ACCOUNT_DOMAIN)?.getBinary('F');
    if (domain === undefined) {
      throw new SamError(
        `The hive "${hive.root.name}" has no account domain, so it is no SAM. Take \\Windows\\System32\\config\\SAM.`,
      );
    }
    return new SamDatabase(hive, decryptDomainKey(domain, bootKey), options);
  }

  /** Accounts in the order of their relative identifiers. */
  listAccounts(): LocalAccount[] {
    const keys = this.hive.key(USERS)?.subkeys() ?? [];
    return keys.filter((key) => /^[0-9a-f]{8}$/i.test(key.name)).map((key) => this.describe(key));
  }

  /** The account of this name, in any case. */
  account(name: string): LocalAccount | undefined {
    const key = this.find(name);
    return key && this.describe(key);
  }

  /** Sixteen bytes; undefined where the account has no password. Throws a SamError for an unknown account. */
  ntHashOf(name: string): Uint8Array | undefined {
    const key = this.require(name);
    const parts = readAccountParts(record(key, 'V'));
    return openHash(parts[VPart.ntHash]!.data, ridOf(key), this.domainKey);
  }

  /** Whether the password opens the account, disabled or not; an account without one opens with the empty text. */
  verifyPassword(name: string, password: string): boolean {
    if (this.find(name) === undefined) return false;
    return sameBytes(this.ntHashOf(name) ?? ntHash(''), ntHash(password));
  }

  /** Stores the password's NT hash, or none for an empty password, and drops any LM hash. */
  setPassword(name: string, password: string): void {
    const key = this.require(name);
    const parts = readAccountParts(record(key, 'V'));
    const old = parts[VPart.ntHash]!;
    const hash = password === '' ? undefined : ntHash(password);
    const oldSalt = old.data.length >= 24 ? old.data.subarray(8, 24) : new Uint8Array(16);
    const salt = this.options.random?.(16) ?? oldSalt;
    const keyId = old.data.length >= 2 ? readU16(old.data, 0) : this.keyId();
    const seal = (content: Uint8Array | undefined) =>
      sealHash(content, ridOf(key), this.domainKey, keyId, salt);
    parts[VPart.ntHash] = { ...old, data: seal(hash) };
    parts[VPart.lmHash] = { ...parts[VPart.lmHash]!, data: seal(undefined) };
    key.setBinary('V', writeAccountParts(parts));
    const { clock } = this.options;
    if (clock !== undefined) this.changeF(key, (f) => writeU64(f, FField.passwordLastSet, clock()));
  }

  setEnabled(name: string, enabled: boolean): void {
    this.changeFlags(name, AccountFlag.disabled, !enabled);
  }

  /** Unlocking also forgets the wrong passwords that were counted. */
  setLocked(name: string, locked: boolean): void {
    this.changeFlags(name, AccountFlag.locked, locked);
    if (!locked) this.changeF(this.require(name), (f) => writeU16(f, FField.badPasswords, 0));
  }

  /** Throws a SamError when the name is taken or not allowed. */
  createAccount(account: NewAccount): LocalAccount {
    const { name, password = '', enabled = true } = account;
    if (name === '' || name.length > 20 || FORBIDDEN.test(name)) {
      throw new SamError(
        `"${name}" is no account name: 1 to 20 characters, none of " / \\ [ ] : ; | = , + * ? < >`,
      );
    }
    if (this.find(name) !== undefined) throw new SamError(`The account ${name} exists already`);
    const rid = account.rid ?? this.takeNextRid();
    const seal = (hash: Uint8Array | undefined) =>
      sealHash(hash, rid, this.domainKey, this.keyId(), this.options.random?.(16) ?? new Uint8Array(16));
    const mayStayEmpty = !enabled && password === '' ? AccountFlag.passwordNotRequired : 0;
    const fields = {
      rid,
      name,
      fullName: account.fullName ?? '',
      comment: account.comment ?? '',
      flags:
        AccountFlag.normal |
        AccountFlag.passwordNeverExpires |
        (enabled ? 0 : AccountFlag.disabled) |
        mayStayEmpty,
      ntHash: seal(password === '' ? undefined : ntHash(password)),
      noHash: seal(undefined),
      passwordLastSet: this.options.clock?.() ?? 0n,
    };
    const key = this.hive.createKey(`${USERS}\\${hexRid(rid)}`);
    key.setBinary('F', newAccountF(fields));
    key.setBinary('V', newAccountV(fields));
    // The type of a name's default value is the account's RID.
    this.hive.createKey(`${USERS}\\Names\\${name}`).setValue('', { type: rid, data: new Uint8Array(0) });
    this.countUsers();
    if (account.administrator ?? false) this.groups.add(rid, BuiltinGroup.administrators);
    return this.describe(key);
  }

  /** Makes an account a member of a built-in local group, e.g. 0x220 Administrators, 0x22b Remote Desktop Users. */
  addToGroup(name: string, groupRid: number): void {
    this.groups.add(ridOf(this.require(name)), groupRid);
  }

  private describe(key: HiveKey): LocalAccount {
    const parts = readAccountParts(record(key, 'V'));
    const f = record(key, 'F', FField.end);
    const rid = ridOf(key);
    const flags = readU16(f, FField.flags);
    return {
      rid,
      name: partText(parts, VPart.name),
      fullName: partText(parts, VPart.fullName),
      comment: partText(parts, VPart.comment),
      enabled: (flags & AccountFlag.disabled) === 0,
      locked: (flags & AccountFlag.locked) !== 0,
      passwordNeverExpires: (flags & AccountFlag.passwordNeverExpires) !== 0,
      hasPassword: openHash(parts[VPart.ntHash]!.data, rid, this.domainKey) !== undefined,
      passwordLastSet: readU64(f, FField.passwordLastSet),
      administrator: this.groups.has(rid, BuiltinGroup.administrators),
    };
  }

  private find(name: string): HiveKey | undefined {
    if (name === '' || FORBIDDEN.test(name)) return undefined;
    const rid = this.hive.key(`${USERS}\\Names\\${name}`)?.getValue('')?.type;
    return rid === undefined ? undefined : this.hive.key(`${USERS}\\${hexRid(rid)}`);
  }

  private require(name: string): HiveKey {
    const key = this.find(name);
    if (key === undefined) {
      const names = this.listAccounts().map((account) => account.name);
      throw new SamError(`The SAM has no account "${name}"; it has ${names.join(', ') || 'none'}`);
    }
    return key;
  }

  private changeFlags(name: string, flag: number, on: boolean): void {
    this.changeF(this.require(name), (f) => {
      const flags = readU16(f, FField.flags);
      writeU16(f, FField.flags, on ? flags | flag : flags & ~flag);
    });
  }

  private changeF(key: HiveKey, change: (f: Uint8Array) => void): void {
    const f = record(key, 'F', FField.end).slice();
    change(f);
    key.setBinary('F', f);
  }

  private takeNextRid(): number {
    const domain = this.hive.key(ACCOUNT_DOMAIN)!;
    const rid = readU32(record(domain, 'F', FField.end), NEXT_RID_OFFSET);
    this.changeF(domain, (f) => writeU32(f, NEXT_RID_OFFSET, rid + 1));
    return rid;
  }

  /** Number of the key that hashes are encrypted with, as stored hashes repeat it. */
  private keyId(): number {
    const f = record(this.hive.key(ACCOUNT_DOMAIN)!, 'F');
    return this.domainKey.cipher === 'rc4' && f.length >= KEY_ID_OFFSET + 2 ? readU16(f, KEY_ID_OFFSET) : 2;
  }

  private countUsers(): void {
    const users = this.hive.key(USERS)!;
    users.setValue('', { type: users.subkeys().length - 1, data: new Uint8Array(0) });
  }
}

function ridOf(key: HiveKey): number {
  return Number.parseInt(key.name, 16);
}

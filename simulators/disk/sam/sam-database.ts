import { encodeUtf16, readU16, sameBytes, writeU16, writeU64 } from '../bytes';
import type { Hive, HiveClock, HiveKey } from '../regf';
import { AccountKeys, isAccountName } from './account-keys';
import type { AccountPolicy } from './account-policy';
import {
  AccountFlag,
  FField,
  NEVER,
  newAccountValues,
  readAccountParts,
  VPart,
  writeAccountParts,
} from './account-record';
import { cipherOf, type DomainKey, decryptDomainKey, type SamCipher } from './domain-key';
import type { AccountChange, LocalAccount, NewAccount } from './local-account';
import { describeAccount, ridOf } from './local-account';
import { ntHash, openHash, sealHash, sealNone } from './password-hash';
import { AccountError, SamError } from './sam-error';
import { BuiltinGroup, type LocalGroup, SamGroups } from './sam-groups';
import { ACCOUNT_DOMAIN, samRecord as record } from './sam-keys';

const KEY_ID_OFFSET = 0xd8;
/** Accounts that are part of every Windows have lower relative identifiers. */
const FIRST_OWN_RID = 1000;
const ADMINISTRATOR = 500;
/** Of a FILETIME. */
const MINUTE = 600_000_000n;

export interface SamOptions {
  /** Stamps password changes; without one the time of the last change stays. */
  readonly clock?: HiveClock | undefined;
  /** So many random bytes, for the salts that AES needs; without it an account's old salt is used again. */
  readonly random?: ((length: number) => Uint8Array) | undefined;
}

/**
 * The local accounts of a SAM hive. Changes go straight into the hive; serialize the hive to keep them. Only stored
 * passwords need the boot key: accounts are listed, enabled, unlocked and cleared of their passwords without it.
 */
export class SamDatabase {
  private readonly groups: SamGroups;
  private readonly keys: AccountKeys;
  private openedDomainKey: DomainKey | undefined;

  private constructor(
    readonly hive: Hive,
    private readonly cipher: SamCipher,
    private readonly bootKey: () => Uint8Array,
    private readonly options: SamOptions,
  ) {
    this.groups = new SamGroups(hive);
    this.keys = new AccountKeys(hive);
  }

  /**
   * Throws a SamError when the hive is no SAM.
   * @param bootKey see bootKeyOf; asked for when a password is first read, checked or set.
   */
  static open(hive: Hive, bootKey: () => Uint8Array, options: SamOptions = {}): SamDatabase {
    const domain = hive.key(ACCOUNT_DOMAIN);
    if (domain === undefined) {
      throw new SamError(
        { key: ACCOUNT_DOMAIN },
        0,
        `the hive "${hive.root.name}" has no account domain, so it is no SAM`,
        'Take \\Windows\\System32\\config\\SAM.',
      );
    }
    const { data, place } = record(domain, 'F');
    return new SamDatabase(hive, cipherOf(data, place), bootKey, options);
  }

  /** Throws a SamError when there is no boot key, or it is another Windows'. */
  checkBootKey(): void {
    this.domainKey();
  }

  private domainKey(): DomainKey {
    const { data, place } = record(this.hive.key(ACCOUNT_DOMAIN)!, 'F');
    this.openedDomainKey ??= decryptDomainKey(data, this.bootKey(), place);
    return this.openedDomainKey;
  }

  /** Accounts in the order of their relative identifiers. */
  listAccounts(): LocalAccount[] {
    const administrators = this.groups.membersOf(BuiltinGroup.administrators);
    return this.keys.list().map((key) => describeAccount(key, administrators));
  }

  /** The account of this name, in any case. */
  account(name: string): LocalAccount | undefined {
    const key = this.keys.find(name);
    return key && this.describe(key);
  }

  /** Sixteen bytes; undefined where the account has no password. Throws an AccountError for an unknown account. */
  ntHashOf(name: string): Uint8Array | undefined {
    const key = this.keys.require(name);
    const v = record(key, 'V');
    return openHash(readAccountParts(v)[VPart.ntHash]!.data, ridOf(key), this.domainKey(), v.place);
  }

  /** Whether the password opens the account, disabled or not; an account without one opens with the empty text. */
  verifyPassword(name: string, password: string): boolean {
    if (this.keys.find(name) === undefined) return false;
    return sameBytes(this.ntHashOf(name) ?? ntHash(''), ntHash(password));
  }

  /** Stores the password's NT hash, or none for an empty password, and drops any LM hash. */
  setPassword(name: string, password: string): void {
    const key = this.keys.require(name);
    const parts = readAccountParts(record(key, 'V'));
    const old = parts[VPart.ntHash]!;
    const oldSalt = old.data.length >= 24 ? old.data.subarray(8, 24) : new Uint8Array(16);
    const salt = this.options.random?.(16) ?? oldSalt;
    const keyId = old.data.length >= 2 ? readU16(old.data, 0) : this.keyId();
    parts[VPart.ntHash] = { ...old, data: this.seal(password, ridOf(key), keyId, salt) };
    parts[VPart.lmHash] = { ...parts[VPart.lmHash]!, data: sealNone(this.cipher, keyId, salt) };
    key.setBinary('V', writeAccountParts(parts));
    const { clock } = this.options;
    if (clock !== undefined) this.keys.changeF(key, (f) => writeU64(f, FField.passwordLastSet, clock()));
  }

  setEnabled(name: string, enabled: boolean): void {
    this.keys.changeFlags(this.keys.require(name), AccountFlag.disabled, !enabled);
  }

  /** Unlocking also forgets the wrong passwords that were counted. */
  setLocked(name: string, locked: boolean): void {
    const key = this.keys.require(name);
    this.keys.changeFlags(key, AccountFlag.locked, locked);
    if (!locked) this.keys.changeF(key, (f) => writeU16(f, FField.badPasswords, 0));
  }

  /**
   * Counts a wrong password, from one on again where the last was before the policy's window, and locks the account at
   * its threshold. The built-in administrator is counted and not locked (documented for Windows up to 2022).
   * @param now FILETIME
   */
  countWrongPassword(name: string, policy: AccountPolicy, now: bigint): void {
    const { rid, badPasswords, lastWrongPassword } = this.account(name) ?? {};
    if (rid === undefined || lastWrongPassword === undefined || badPasswords === undefined) return;
    const isRecent = now - lastWrongPassword < BigInt(policy.lockoutWindowMinutes) * MINUTE;
    const count = isRecent ? badPasswords + 1 : 1;
    this.keys.changeF(this.keys.require(name), (f) => {
      writeU16(f, FField.badPasswords, Math.min(count, 0xffff));
      writeU64(f, FField.lastWrongPassword, now);
    });
    if (count >= policy.lockoutThreshold && rid !== ADMINISTRATOR) this.setLocked(name, true);
  }

  changeAccount(name: string, change: AccountChange): void {
    const key = this.keys.require(name);
    const { fullName, comment, passwordRequired, passwordNeverExpires, expires } = change;
    const parts = readAccountParts(record(key, 'V'));
    if (fullName !== undefined) parts[VPart.fullName] = { data: encodeUtf16(fullName), extra: 0 };
    if (comment !== undefined) parts[VPart.comment] = { data: encodeUtf16(comment), extra: 0 };
    if (fullName !== undefined || comment !== undefined) key.setBinary('V', writeAccountParts(parts));
    if (passwordRequired !== undefined)
      this.keys.changeFlags(key, AccountFlag.passwordNotRequired, !passwordRequired);
    if (passwordNeverExpires !== undefined)
      this.keys.changeFlags(key, AccountFlag.passwordNeverExpires, passwordNeverExpires);
    if (expires !== undefined) {
      this.keys.changeF(key, (f) =>
        writeU64(f, FField.accountExpires, expires === 'never' ? NEVER : expires),
      );
    }
  }

  /** Throws an AccountError when the name is taken or not allowed. */
  createAccount(account: NewAccount): LocalAccount {
    const { name, password = '', enabled = true } = account;
    if (!isAccountName(name)) {
      throw new AccountError(
        'bad-name',
        `"${name}" is no account name: 1 to 20 characters, none of " / \\ [ ] : ; | = , + * ? < >`,
      );
    }
    if (this.keys.find(name) !== undefined) {
      throw new AccountError('account-exists', `The account ${name} exists already`);
    }
    const rid = account.rid ?? this.keys.takeNextRid();
    const [keyId, salt] = [this.keyId(), this.options.random?.(16) ?? new Uint8Array(16)];
    const ntHashData = this.seal(password, rid, keyId, salt);
    const key = this.keys.create(name, rid);
    const { f, v } = newAccountValues({
      rid,
      name,
      fullName: account.fullName ?? '',
      comment: account.comment ?? '',
      enabled,
      ntHash: ntHashData,
      noHash: sealNone(this.cipher, keyId, salt),
      mayStayEmpty: !enabled && password === '',
      passwordLastSet: this.options.clock?.() ?? 0n,
    });
    key.setBinary('F', f);
    key.setBinary('V', v);
    if (account.administrator ?? false) this.groups.add(rid, BuiltinGroup.administrators);
    return this.describe(key);
  }

  /** Deletes an account and its memberships. Throws an AccountError for the accounts that every Windows has. */
  deleteAccount(name: string): void {
    const key = this.keys.require(name);
    const rid = ridOf(key);
    if (rid < FIRST_OWN_RID) {
      throw new AccountError('built-in', `The account ${name} belongs to Windows and cannot be deleted`);
    }
    for (const group of this.groups.list()) this.groups.remove(rid, group.rid);
    this.keys.delete(name, key);
  }

  /** All local groups. */
  listGroups(): LocalGroup[] {
    return this.groups.list();
  }

  /** Makes an account a member of a local group, e.g. 0x220 Administrators, 0x22b Remote Desktop Users. */
  addToGroup(name: string, groupRid: number): void {
    this.groups.add(ridOf(this.keys.require(name)), groupRid);
  }

  removeFromGroup(name: string, groupRid: number): void {
    this.groups.remove(ridOf(this.keys.require(name)), groupRid);
  }

  private describe(key: HiveKey): LocalAccount {
    return describeAccount(key, this.groups.membersOf(BuiltinGroup.administrators));
  }

  /** The stored form of a password; of none for the empty one. */
  private seal(password: string, rid: number, keyId: number, salt: Uint8Array): Uint8Array {
    if (password === '') return sealNone(this.cipher, keyId, salt);
    return sealHash(ntHash(password), rid, this.domainKey(), keyId, salt);
  }

  /** Number of the key that hashes are encrypted with, as stored hashes repeat it. */
  private keyId(): number {
    const { data: f } = record(this.hive.key(ACCOUNT_DOMAIN)!, 'F');
    return this.cipher === 'rc4' && f.length >= KEY_ID_OFFSET + 2 ? readU16(f, KEY_ID_OFFSET) : 2;
  }
}

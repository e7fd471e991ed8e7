import { readU16, readU64 } from '../bytes';
import type { HiveKey } from '../regf';
import { AccountFlag, FField, NEVER, partText, readAccountParts, VPart } from './account-record';
import { readStoredHash } from './password-hash';
import { samRecord } from './sam-keys';

export interface LocalAccount {
  /** Relative identifier: 500 Administrator, 501 Guest, 1000 and up the others. */
  readonly rid: number;
  readonly name: string;
  readonly fullName: string;
  readonly comment: string;
  readonly enabled: boolean;
  readonly locked: boolean;
  /** Wrong passwords since the last right one. */
  readonly badPasswords: number;
  readonly passwordNeverExpires: boolean;
  readonly passwordRequired: boolean;
  /** False where no hash is stored: the account opens with an empty password. */
  readonly hasPassword: boolean;
  /** FILETIME; 0 where none was ever set. */
  readonly passwordLastSet: bigint;
  /** FILETIME; 0: never. */
  readonly lastLogon: bigint;
  /** FILETIME; undefined: never. */
  readonly expires: bigint | undefined;
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

/** What may be changed of an account beside its password, state and groups. */
export interface AccountChange {
  readonly fullName?: string | undefined;
  readonly comment?: string | undefined;
  readonly passwordRequired?: boolean | undefined;
  readonly passwordNeverExpires?: boolean | undefined;
  /** FILETIME, or that it never does. */
  readonly expires?: bigint | 'never' | undefined;
}

/** Relative identifier of an account's key. */
export function ridOf(key: HiveKey): number {
  return Number.parseInt(key.name, 16);
}

/** What an account's F and V say. Throws a SamError for damaged ones. */
export function describeAccount(key: HiveKey): Omit<LocalAccount, 'administrator'> {
  const v = samRecord(key, 'V');
  const parts = readAccountParts(v);
  const f = samRecord(key, 'F', FField.end).data;
  const rid = ridOf(key);
  const flags = readU16(f, FField.flags);
  const expires = readU64(f, FField.accountExpires);
  return {
    rid,
    name: partText(parts, VPart.name),
    fullName: partText(parts, VPart.fullName),
    comment: partText(parts, VPart.comment),
    enabled: (flags & AccountFlag.disabled) === 0,
    locked: (flags & AccountFlag.locked) !== 0,
    badPasswords: readU16(f, FField.badPasswords),
    passwordNeverExpires: (flags & AccountFlag.passwordNeverExpires) !== 0,
    passwordRequired: (flags & AccountFlag.passwordNotRequired) === 0,
    hasPassword: readStoredHash(parts[VPart.ntHash]!.data, rid, v.place) !== undefined,
    passwordLastSet: readU64(f, FField.passwordLastSet),
    lastLogon: readU64(f, FField.lastLogon),
    expires: expires === 0n || expires === NEVER ? undefined : expires,
  };
}

import { decodeUtf16, readU16, readU64 } from '../bytes';
import {
  AccountFlag,
  FField,
  NEVER,
  partText,
  readAccountPart,
  readAccountParts,
  VPart,
} from './account-record';
import { hasStoredHash } from './password-hash';
import { type RecordKey, samRecord } from './sam-keys';

/** What a list of accounts tells of each. */
export interface AccountSummary {
  /** Relative identifier: 500 Administrator, 501 Guest, 1000 and up the others. */
  readonly rid: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly locked: boolean;
  /** False where no hash is stored: the account opens with an empty password. */
  readonly hasPassword: boolean;
  /** A direct member of the local group Administrators. */
  readonly administrator: boolean;
}

export interface LocalAccount extends AccountSummary {
  readonly fullName: string;
  readonly comment: string;
  /** Wrong passwords since the last right one. */
  readonly badPasswords: number;
  /** FILETIME; 0: never. */
  readonly lastWrongPassword: bigint;
  readonly passwordNeverExpires: boolean;
  readonly passwordRequired: boolean;
  /** FILETIME; 0 where none was ever set. */
  readonly passwordLastSet: bigint;
  /** FILETIME; 0: never. */
  readonly lastLogon: bigint;
  /** FILETIME; undefined: never. */
  readonly expires: bigint | undefined;
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
export function ridOf(key: RecordKey): number {
  return Number.parseInt(key.name, 16);
}

/** The part of `describeAccount` that a list tells. `administrators` are their relative identifiers. */
export function summariseAccount(key: RecordKey, administrators: ReadonlySet<number>): AccountSummary {
  const v = samRecord(key, 'V');
  const flags = readU16(samRecord(key, 'F', FField.end).data, FField.flags);
  const rid = ridOf(key);
  return {
    rid,
    name: decodeUtf16(readAccountPart(v, VPart.name)),
    enabled: (flags & AccountFlag.disabled) === 0,
    locked: (flags & AccountFlag.locked) !== 0,
    administrator: administrators.has(rid),
    hasPassword: hasStoredHash(readAccountPart(v, VPart.ntHash), rid, v.place),
  };
}

/** What an account's F and V say. Throws a SamError for damaged ones. */
export function describeAccount(key: RecordKey, administrators: ReadonlySet<number>): LocalAccount {
  const parts = readAccountParts(samRecord(key, 'V'));
  const f = samRecord(key, 'F', FField.end).data;
  const flags = readU16(f, FField.flags);
  const expires = readU64(f, FField.accountExpires);
  return {
    ...summariseAccount(key, administrators),
    fullName: partText(parts, VPart.fullName),
    comment: partText(parts, VPart.comment),
    badPasswords: readU16(f, FField.badPasswords),
    lastWrongPassword: readU64(f, FField.lastWrongPassword),
    passwordNeverExpires: (flags & AccountFlag.passwordNeverExpires) !== 0,
    passwordRequired: (flags & AccountFlag.passwordNotRequired) === 0,
    passwordLastSet: readU64(f, FField.passwordLastSet),
    lastLogon: readU64(f, FField.lastLogon),
    expires: expires === 0n || expires === NEVER ? undefined : expires,
  };
}

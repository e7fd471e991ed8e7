import {
  decodeUtf16,
  encodeSecurityDescriptor,
  encodeUtf16,
  fromHex,
  writeU16,
  writeU32,
  writeU64,
} from '../bytes';
import {
  DESCRIPTOR_REVISION,
  type RecordEntry,
  readEntries,
  readEntry,
  writeEntries,
} from './record-entries';
import type { SamRecord } from './sam-keys';

/** Parts of an account's V value. */
const V_PARTS = 17;
export const VPart = {
  name: 1,
  fullName: 2,
  comment: 3,
  hours: 11,
  groups: 12,
  lmHash: 13,
  ntHash: 14,
} as const;

/** Offsets in an account's F value. */
export const FField = {
  lastLogon: 0x08,
  passwordLastSet: 0x18,
  accountExpires: 0x20,
  lastWrongPassword: 0x28,
  rid: 0x30,
  flags: 0x38,
  badPasswords: 0x40,
  end: 0x50,
} as const;

/** Account control bits of an F value. */
export const AccountFlag = {
  disabled: 0x1,
  passwordNotRequired: 0x4,
  normal: 0x10,
  passwordNeverExpires: 0x200,
  locked: 0x400,
} as const;

/** FILETIME of accounts that do not expire. */
export const NEVER = 0x7fffffffffffffffn;
/** Every account is a member of the domain's group "None" (RID 0x201), attributes 7. */
const NONE_GROUP = 0x201;

export function readAccountParts({ data, place }: SamRecord): RecordEntry[] {
  return readEntries(data, 0, V_PARTS, place);
}

/** One part of a V value, as a view of it. */
export function readAccountPart({ data, place }: SamRecord, part: number): Uint8Array {
  return readEntry(data, 0, V_PARTS, part, place);
}

export function writeAccountParts(parts: readonly RecordEntry[]): Uint8Array {
  return writeEntries(new Uint8Array(0), parts);
}

export function partText(parts: readonly RecordEntry[], part: number): string {
  return decodeUtf16(parts[part]!.data);
}

interface NewAccountRecord {
  readonly rid: number;
  readonly name: string;
  readonly fullName: string;
  readonly comment: string;
  readonly enabled: boolean;
  /** No password is required. */
  readonly mayStayEmpty: boolean;
  /** Stored form of the NT hash, and that of "no hash" for the parts that hold none. */
  readonly ntHash: Uint8Array;
  readonly noHash: Uint8Array;
  /** FILETIME */
  readonly passwordLastSet: bigint;
}

/** The F and V values of a new account, whose password does not expire. */
export function newAccountValues(account: NewAccountRecord): { f: Uint8Array; v: Uint8Array } {
  return { f: newAccountF(account), v: newAccountV(account) };
}

function newAccountV(account: NewAccountRecord): Uint8Array {
  const parts: RecordEntry[] = Array.from({ length: V_PARTS }, () => ({ data: new Uint8Array(0), extra: 0 }));
  const put = (part: number, data: Uint8Array, extra = 0) => {
    parts[part] = { data, extra };
  };
  put(0, samDescriptor(), DESCRIPTOR_REVISION);
  put(VPart.name, encodeUtf16(account.name));
  put(VPart.fullName, encodeUtf16(account.fullName));
  put(VPart.comment, encodeUtf16(account.comment));
  put(VPart.hours, new Uint8Array(21).fill(0xff), 168); // may log on in each of the week's hours
  put(VPart.groups, fromHex('01020000 07000000'), 1);
  put(VPart.lmHash, account.noHash);
  put(VPart.ntHash, account.ntHash);
  put(15, account.noHash);
  put(16, account.noHash);
  return writeAccountParts(parts);
}

function newAccountF(account: NewAccountRecord): Uint8Array {
  const record = new Uint8Array(FField.end);
  writeU32(record, 0, DESCRIPTOR_REVISION);
  writeU64(record, FField.passwordLastSet, account.passwordLastSet);
  writeU64(record, FField.accountExpires, NEVER);
  writeU32(record, FField.rid, account.rid);
  writeU32(record, 0x34, NONE_GROUP);
  const { disabled, normal, passwordNeverExpires, passwordNotRequired } = AccountFlag;
  const state = (account.enabled ? 0 : disabled) | (account.mayStayEmpty ? passwordNotRequired : 0);
  writeU16(record, FField.flags, normal | passwordNeverExpires | state);
  return record;
}

/**
 * Who may read and change a SAM object. The shape is that of the sample's descriptors (chntpw finds the machine SID
 * only behind one with an audit list and a group of 16 bytes); who gets which access is our choice.
 */
export function samDescriptor(): Uint8Array {
  const administrators = 'S-1-5-32-544';
  const everyone = 'S-1-1-0';
  return encodeSecurityDescriptor({
    owner: administrators,
    group: administrators,
    audit: [
      { sid: everyone, access: 0x5047a },
      { sid: 'S-1-5-7', access: 0xf07ff },
    ],
    allow: [
      { sid: everyone, access: 0x2035b },
      { sid: administrators, access: 0xf07ff },
    ],
  });
}

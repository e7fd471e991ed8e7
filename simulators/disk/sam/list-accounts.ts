import { readU32, sameBytes } from '../bytes';
import { openHive, type StoredKey } from '../regf';
import { readAliasMembers } from './alias-record';
import { type AccountSummary, summariseAccount } from './local-account';
import { SamError } from './sam-error';
import { BuiltinGroup, machineSidOf } from './sam-groups';
import { ACCOUNT_DOMAIN, BUILTIN_ALIASES, hexRid, isRecordKey, samRecord } from './sam-keys';

/**
 * Shows the accounts of a SAM file in the order of the file's list, which is that of their relative identifiers. No password
 * is looked at, so it needs no boot key; and no more of the file is read than tells of accounts. Throws a SamError when
 * the hive is no SAM, and a DiskFormatError for a damaged one.
 */
export function listAccounts(file: Uint8Array, show: (account: AccountSummary) => void): void {
  const root = openHive(file);
  const domain = root.key(ACCOUNT_DOMAIN);
  const users = domain?.key('Users');
  if (domain === undefined || users === undefined) {
    throw new SamError(
      { key: ACCOUNT_DOMAIN },
      0,
      `the hive "${root.name}" has no account domain, so it is no SAM`,
      'Take \\Windows\\System32\\config\\SAM.',
    );
  }
  const administrators = administratorsOf(root, domain);
  users.visitSubkeys((key) => {
    if (isRecordKey(key)) show(summariseAccount(key, administrators));
  });
}

/** Relative identifiers of the direct members of Administrators that are accounts of this SAM. */
function administratorsOf(root: StoredKey, domain: StoredKey): ReadonlySet<number> {
  const group = root.key(`${BUILTIN_ALIASES}\\${hexRid(BuiltinGroup.administrators)}`);
  const rids = new Set<number>();
  if (group === undefined) return rids;
  const machine = machineSidOf(domain);
  const { data, place } = samRecord(group, 'C');
  for (const sid of readAliasMembers(data, place)) {
    // One sub-authority more than the machine: the count of them in byte 1 differs, all else up to it is the same.
    const isOurs =
      sid.length === machine.length + 4 &&
      sid[1] === machine[1]! + 1 &&
      sameBytes(sid.subarray(2, machine.length), machine.subarray(2));
    if (isOurs) rids.add(readU32(sid, sid.length - 4));
  }
  return rids;
}

import { concatBytes, readU32, sameBytes, writeU32 } from '../bytes';
import type { Hive, HiveKey } from '../regf';
import { type AliasRecord, readAlias, withMembers } from './alias-record';
import { readEntry } from './record-entries';
import { AccountError, SamError } from './sam-error';
import {
  ACCOUNT_ALIASES,
  ACCOUNT_DOMAIN,
  BUILTIN_ALIASES,
  hexRid,
  isRecordKey,
  type RecordKey,
  samRecord,
} from './sam-keys';

/** Relative identifiers of built-in local groups. */
export const BuiltinGroup = {
  administrators: 0x220,
  users: 0x221,
  guests: 0x222,
  remoteDesktopUsers: 0x22b,
} as const;

export interface LocalGroup {
  readonly rid: number;
  readonly name: string;
  readonly comment: string;
  /** Relative identifiers of the members that are accounts of this SAM. */
  readonly members: readonly number[];
  /** SIDs of members from elsewhere, as text: other domains, well-known groups such as S-1-5-11. */
  readonly otherMembers: readonly string[];
}

const DOMAIN_V_PARTS = 4;

/** Who belongs to the local groups of a SAM hive: the built-in ones, and those made later in the account domain. */
export class SamGroups {
  constructor(private readonly hive: Hive) {}

  /** All local groups: built-in ones first, each part by relative identifier. */
  list(): LocalGroup[] {
    return [BUILTIN_ALIASES, ACCOUNT_ALIASES].flatMap((path) =>
      (this.hive.key(path)?.subkeys() ?? []).filter(isRecordKey).map((key) => this.describe(key)),
    );
  }

  /** Whether the account is a direct member. */
  has(rid: number, groupRid: number): boolean {
    const group = this.find(groupRid);
    if (group === undefined) return false;
    const sid = this.sidOf(rid);
    return recordOf(group).members.some((member) => sameBytes(member, sid));
  }

  /** Relative identifiers of the direct members that are accounts of this SAM. Empty where there is no such group. */
  membersOf(groupRid: number): ReadonlySet<number> {
    const group = this.find(groupRid);
    return new Set(group && this.describe(group).members);
  }

  /** Adds a member, in the group's record and in the list of the member's groups. No change for a member. */
  add(rid: number, groupRid: number): void {
    if (this.has(rid, groupRid)) return;
    const group = this.require(groupRid);
    this.setMembers(group, [...recordOf(group).members, this.sidOf(rid)]);
    const added = new Uint8Array(4);
    writeU32(added, 0, groupRid);
    this.setGroupsOf(group, rid, (groups) => concatBytes(groups, added));
  }

  /** Takes a member out of the record and of the list. No change for others. */
  remove(rid: number, groupRid: number): void {
    if (!this.has(rid, groupRid)) return;
    const group = this.require(groupRid);
    const sid = this.sidOf(rid);
    this.setMembers(
      group,
      recordOf(group).members.filter((member) => !sameBytes(member, sid)),
    );
    this.setGroupsOf(group, rid, (groups) =>
      concatBytes(
        ...Array.from({ length: Math.floor(groups.length / 4) }, (_x, index) =>
          groups.slice(4 * index, 4 * index + 4),
        ).filter((entry) => readU32(entry, 0) !== groupRid),
      ),
    );
  }

  private describe(key: HiveKey): LocalGroup {
    const { name, comment, members } = recordOf(key);
    const machine = this.sidOf(0);
    const isOurs = (sid: Uint8Array): boolean =>
      sid.length === machine.length && sameBytes(sid.subarray(0, -4), machine.subarray(0, -4));
    return {
      rid: Number.parseInt(key.name, 16),
      name,
      comment,
      members: members.filter(isOurs).map((sid) => readU32(sid, sid.length - 4)),
      otherMembers: members.filter((sid) => !isOurs(sid)).map(sidText),
    };
  }

  private find(groupRid: number): HiveKey | undefined {
    const name = hexRid(groupRid);
    return this.hive.key(`${BUILTIN_ALIASES}\\${name}`) ?? this.hive.key(`${ACCOUNT_ALIASES}\\${name}`);
  }

  private require(groupRid: number): HiveKey {
    const group = this.find(groupRid);
    if (group !== undefined) return group;
    throw new AccountError(
      'no-such-group',
      `The SAM has no local group with the RID 0x${groupRid.toString(16)}`,
    );
  }

  private setMembers(group: HiveKey, members: readonly Uint8Array[]): void {
    const { data, place } = samRecord(group, 'C');
    group.setBinary('C', withMembers(data, members, place));
  }

  /** Changes the list of a member's groups, which stands beside the groups of the same domain. */
  private setGroupsOf(group: HiveKey, rid: number, change: (groups: Uint8Array) => Uint8Array): void {
    const domain = this.hive.createKey(`${group.parent?.path ?? ''}\\Members\\${sidText(this.machineSid())}`);
    const member = domain.createKey(hexRid(rid));
    const groups = change(member.getValue('')?.data ?? new Uint8Array(0));
    // The types of these default values count entries.
    if (groups.length === 0) domain.deleteKey(member.name);
    else member.setValue('', { type: Math.floor(groups.length / 4), data: groups });
    domain.setValue('', { type: domain.subkeys().length, data: new Uint8Array(0) });
  }

  /** On-disk SID of an account: the machine's with one more sub-authority, the relative identifier. */
  private sidOf(rid: number): Uint8Array {
    const sid = concatBytes(this.machineSid(), new Uint8Array(4));
    sid[1] = sid[1]! + 1;
    writeU32(sid, sid.length - 4, rid);
    return sid;
  }

  private machineSid(): Uint8Array {
    const domain = this.hive.key(ACCOUNT_DOMAIN);
    if (domain === undefined) {
      throw new SamError({ key: ACCOUNT_DOMAIN }, 0, 'the hive has no account domain, so it is no SAM');
    }
    return machineSidOf(domain);
  }
}

/** The SID of the machine, which the account domain's record holds. */
export function machineSidOf(domain: RecordKey): Uint8Array {
  const { data, place } = samRecord(domain, 'V');
  const sid = readEntry(data, 0, DOMAIN_V_PARTS, 1, place);
  if (sid.length < 8 || sid[1]! > 14 || sid.length !== 8 + 4 * sid[1]!) {
    throw new SamError(place, 12, "the account domain's record holds no machine SID");
  }
  return sid;
}

function recordOf(group: HiveKey): AliasRecord {
  const { data, place } = samRecord(group, 'C');
  return readAlias(data, place);
}

/** `S-1-5-32-544` of on-disk bytes, as far as they go (MS-DTYP 2.4.2.2). */
function sidText(sid: Uint8Array): string {
  const parts: number[] = [];
  for (let at = 8; at + 4 <= sid.length; at += 4) parts.push(readU32(sid, at));
  return `S-1-${[sid[7] ?? 0, ...parts].join('-')}`;
}

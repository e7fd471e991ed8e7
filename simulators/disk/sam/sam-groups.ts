import { concatBytes, readU32, sameBytes, writeU32 } from '../bytes';
import type { Hive } from '../regf';
import { aliasMembers, withMember } from './alias-record';
import { readEntries } from './record-entries';
import { SamError } from './sam-error';
import { ACCOUNT_DOMAIN, BUILTIN_ALIASES, hexRid, samRecord } from './sam-keys';

/** Relative identifiers of built-in local groups. */
export const BuiltinGroup = {
  administrators: 0x220,
  users: 0x221,
  guests: 0x222,
  remoteDesktopUsers: 0x22b,
} as const;

const DOMAIN_V_PARTS = 4;

/** Who belongs to the built-in local groups of a SAM hive. */
export class SamGroups {
  constructor(private readonly hive: Hive) {}

  /** Whether the account is a direct member. */
  has(rid: number, groupRid: number): boolean {
    const group = this.hive.key(`${BUILTIN_ALIASES}\\${hexRid(groupRid)}`)?.getBinary('C');
    const sid = this.sidOf(rid);
    return group !== undefined && aliasMembers(group).some((member) => sameBytes(member, sid));
  }

  /** Adds a member, in the group's record and in the list of the member's groups. No change for a member. */
  add(rid: number, groupRid: number): void {
    if (this.has(rid, groupRid)) return;
    const group = this.hive.key(`${BUILTIN_ALIASES}\\${hexRid(groupRid)}`);
    if (group === undefined)
      throw new SamError(`The SAM has no local group with the RID 0x${groupRid.toString(16)}`);
    group.setBinary('C', withMember(samRecord(group, 'C'), this.sidOf(rid)));
    const domain = this.hive.createKey(`${BUILTIN_ALIASES}\\Members\\${this.machineSidText()}`);
    const member = domain.createKey(hexRid(rid));
    const groups = member.getValue('')?.data ?? new Uint8Array(0);
    const added = new Uint8Array(4);
    writeU32(added, 0, groupRid);
    // The types of these default values count entries.
    member.setValue('', { type: groups.length / 4 + 1, data: concatBytes(groups, added) });
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
    if (domain === undefined) throw new SamError('The hive has no account domain, so it is no SAM');
    const sid = readEntries(samRecord(domain, 'V'), 0, DOMAIN_V_PARTS)[1]!.data;
    if (sid.length < 8) throw new SamError("The account domain's V value holds no machine SID");
    return sid;
  }

  private machineSidText(): string {
    const sid = this.machineSid();
    const parts: number[] = [];
    for (let at = 8; at + 4 <= sid.length; at += 4) parts.push(readU32(sid, at));
    return `S-1-${sid[7]}-${parts.join('-')}`;
  }
}

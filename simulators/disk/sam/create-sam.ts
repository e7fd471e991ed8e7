import { concatBytes, encodeSid, writeU16, writeU32, writeU64 } from '../bytes';
import { createHive, type Hive, type HiveClock } from '../regf';
import { samDescriptor } from './account-record';
import { newAlias } from './alias-record';
import { encryptDomainKey, type SamCipher } from './domain-key';
import type { NewAccount } from './local-account';
import { DESCRIPTOR_REVISION, writeEntries } from './record-entries';
import { SamDatabase } from './sam-database';
import { BuiltinGroup } from './sam-groups';
import { ACCOUNT_DOMAIN, BUILTIN_ALIASES, BUILTIN_DOMAIN, hexRid } from './sam-keys';

export interface CreateSamOptions {
  /** The 16 bytes that the SYSTEM hive holds too; see createSystemHive. */
  readonly bootKey: Uint8Array;
  /** So many random bytes. */
  readonly random: (length: number) => Uint8Array;
  /** `S-1-5-21-...`; default: drawn at random. */
  readonly machineSid?: string | undefined;
  /** Accounts beside Administrator and Guest, or with one of these names to change what is set up for it. */
  readonly accounts?: readonly NewAccount[] | undefined;
  /** How hashes are kept: `rc4` up to Windows 10 1511, `aes` since. Default `rc4`. */
  readonly cipher?: SamCipher | undefined;
  readonly clock?: HiveClock | undefined;
}

const DOMAIN_F_SIZE = 0xf0;
const NO_FORCED_LOGOFF = 0x8000000000000000n;
/** Minus 30 minutes in 100 ns steps. */
const HALF_AN_HOUR = 0xfffffffbcf1dcc00n;

const ALIASES: readonly (readonly [rid: number, name: string, comment: string])[] = [
  [BuiltinGroup.administrators, 'Administrators', 'Full control of this computer'],
  [BuiltinGroup.users, 'Users', 'Everyday use of this computer'],
  [BuiltinGroup.guests, 'Guests', 'Occasional use of this computer'],
  [BuiltinGroup.remoteDesktopUsers, 'Remote Desktop Users', 'May log on over the network'],
];

const DEFAULT_ACCOUNTS: readonly NewAccount[] = [
  { name: 'Administrator', rid: 500, administrator: true, comment: 'Built-in account of the administrator' },
  { name: 'Guest', rid: 501, enabled: false, comment: 'Built-in account for guests' },
];

/**
 * A SAM hive as Windows Server 2008 R2 lays one out: account domain, built-in groups, Administrator, Guest and
 * the given accounts. Field values follow the SAM sample; comments of groups and accounts are our own words.
 */
export function createSam(options: CreateSamOptions): Hive {
  const { clock, random } = options;
  const hive = createHive('CMI-CreateHive{C4E7BA2B-68E8-499C-B1A1-371AC8D717C7}', {
    minorVersion: 3,
    fileName: '\\SystemRoot\\System32\\Config\\SAM',
    ...(clock ? { clock } : {}),
  });
  addDomains(hive, options);
  addGroups(hive);
  const database = SamDatabase.open(hive, () => options.bootKey, { clock, random });
  const given = options.accounts ?? [];
  const sameName = (left: NewAccount, right: NewAccount) =>
    left.name.toLowerCase() === right.name.toLowerCase();
  for (const account of DEFAULT_ACCOUNTS) {
    const changes = given.find((other) => sameName(other, account));
    const { rid } = account;
    const created = database.createAccount({ ...account, ...changes, rid });
    if (rid === 501) database.addToGroup(created.name, BuiltinGroup.guests);
  }
  for (const account of given) {
    if (DEFAULT_ACCOUNTS.some((other) => sameName(other, account))) continue;
    database.addToGroup(database.createAccount(account).name, BuiltinGroup.users);
  }
  return hive;
}

function addDomains(
  hive: Hive,
  { bootKey, random, clock, machineSid, cipher = 'rc4' }: CreateSamOptions,
): void {
  const created = clock?.() ?? 0n;
  const f = domainF(created);
  f.set(encryptDomainKey({ cipher, key: random(16) }, random(16), bootKey), 0x68);
  writeU32(f, 0x48, 1000); // next RID
  writeU16(f, 0x66, 1); // hashes of the domain are encrypted
  writeU32(f, 0xd8, 1); // number of that key
  const account = hive.createKey(ACCOUNT_DOMAIN);
  account.setBinary('F', f);
  account.setBinary('V', domainV(encodeSid(machineSid ?? randomMachineSid(random))));
  const builtin = hive.createKey(BUILTIN_DOMAIN);
  builtin.setBinary('F', domainF(created));
  builtin.setBinary('V', domainV(encodeSid('S-1-5-32')));
}

/** Password and lock-out policy: no minimum, no history, no lock-out, as after an installation. */
function domainF(created: bigint): Uint8Array {
  const f = new Uint8Array(DOMAIN_F_SIZE);
  writeU32(f, 0, DESCRIPTOR_REVISION);
  writeU64(f, 8, created);
  writeU64(f, 0x18, NO_FORCED_LOGOFF); // longest age of a password: any
  writeU64(f, 0x28, NO_FORCED_LOGOFF);
  writeU64(f, 0x30, HALF_AN_HOUR); // of a lock-out
  writeU64(f, 0x38, HALF_AN_HOUR); // in which wrong passwords count
  writeU32(f, 0x48, 1000);
  writeU32(f, 0x58, 1); // the server is enabled
  writeU32(f, 0x5c, 3); // and primary
  writeU32(f, 0x60, 1);
  return f;
}

function domainV(sid: Uint8Array): Uint8Array {
  const none = { data: new Uint8Array(0), extra: 0 };
  const descriptor = { data: samDescriptor(), extra: DESCRIPTOR_REVISION };
  return writeEntries(new Uint8Array(0), [descriptor, { data: sid, extra: 0 }, none, none]);
}

function randomMachineSid(random: (length: number) => Uint8Array): string {
  const words = new Uint32Array(concatBytes(random(12)).buffer);
  return `S-1-5-21-${[...words].join('-')}`;
}

function addGroups(hive: Hive): void {
  // The type of a name's or list's default value is the RID or the number of entries.
  const mark = (path: string, type: number) =>
    hive.createKey(path).setValue('', { type, data: new Uint8Array(0) });
  mark(`${ACCOUNT_DOMAIN}\\Aliases`, 0);
  mark(`${ACCOUNT_DOMAIN}\\Aliases\\Members`, 0);
  mark(`${ACCOUNT_DOMAIN}\\Aliases\\Names`, 0);
  mark(`${ACCOUNT_DOMAIN}\\Users`, 0);
  mark(`${ACCOUNT_DOMAIN}\\Users\\Names`, 0);
  mark(`${BUILTIN_ALIASES}`, ALIASES.length);
  mark(`${BUILTIN_ALIASES}\\Members`, 1);
  mark(`${BUILTIN_ALIASES}\\Names`, 0);
  for (const [rid, name, comment] of ALIASES) {
    const key = hive.createKey(`${BUILTIN_ALIASES}\\${hexRid(rid)}`);
    key.setBinary('C', newAlias(rid, name, comment));
    mark(`${BUILTIN_ALIASES}\\Names\\${name}`, rid);
  }
}

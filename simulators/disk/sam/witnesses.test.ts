import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../bytes';
import { parseHive } from '../regf';
import {
  BuiltinGroup,
  bootKeyOf,
  createSam,
  createSoftwareHive,
  createSystemHive,
  ntHash,
  SamDatabase,
  SamError,
} from '.';
import { readAccountParts, writeAccountParts } from './account-record';
import { SamGroups } from './sam-groups';

const shared = process.env['RESCUE_LAB_SHARED'] ?? path.resolve(__dirname, '../../../../shared');
const hives = path.join(shared, 'samples/hives');
const has = (program: string) => spawnSync('which', [program]).status === 0;

const random = (length: number) => new Uint8Array(randomBytes(length));
const bootKey = random(16);
let folder: string;
let sam: string;
let system: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sam-witness-'));
  sam = path.join(folder, 'SAM');
  system = path.join(folder, 'SYSTEM');
  writeFileSync(system, createSystemHive({ computerName: 'web01', bootKey }).serialize());
  const accounts = [
    { name: 'Administrator', password: 'Old-Secret1' },
    { name: 'olga', password: 'пароль', administrator: true },
    { name: 'nopass' },
  ];
  writeFileSync(sam, createSam({ bootKey, random, accounts }).serialize());
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(file: string) {
  return parseHive(new Uint8Array(readFileSync(file)));
}

describe.skipIf(!has('chntpw'))('chntpw', () => {
  /** Rows of `chntpw -l`: RID, name, administrator, lock. */
  const rows = () =>
    execFileSync('chntpw', ['-l', sam], { encoding: 'latin1' })
      .split('\n')
      .filter((line) => /^\| [0-9a-f]{4} /.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, 5)
          .map((cell) => cell.trim()),
      );

  it('lists the accounts, administrators and locks of a SAM that we made', () => {
    expect(rows().sort()).toEqual([
      ['01f4', 'Administrator', 'ADMIN', ''],
      ['01f5', 'Guest', '', 'dis/lock'],
      ['03e8', 'olga', 'ADMIN', ''],
      ['03e9', 'nopass', '', '*BLANK*'],
    ]);
  });

  it('clears a password and unlocks an account, and we read it', () => {
    const database = SamDatabase.open(read(sam), () => bootKey);
    database.setLocked('Administrator', true);
    database.setEnabled('Administrator', false);
    writeFileSync(sam, database.hive.serialize());
    expect(rows()[0]).toEqual(['01f4', 'Administrator', 'ADMIN', 'dis/lock']);
    spawnSync('chntpw', ['-u', 'Administrator', sam], { input: '1\n2\nq\ny\n' });
    const changed = SamDatabase.open(read(sam), () => bootKey);
    expect(changed.account('Administrator')).toMatchObject({
      hasPassword: false,
      enabled: true,
      locked: false,
    });
    changed.setPassword('Administrator', 'New-Secret2');
    writeFileSync(sam, changed.hive.serialize());
    expect(rows()[0]).toEqual(['01f4', 'Administrator', 'ADMIN', '']);
  });

  it('promotes an account to administrator, and we honour it', () => {
    spawnSync('chntpw', ['-u', 'nopass', sam], { input: '3\ny\nq\ny\n' });
    expect(SamDatabase.open(read(sam), () => bootKey).account('nopass')?.administrator).toBe(true);
    expect(rows().find(([, name]) => name === 'nopass')?.[2]).toBe('ADMIN');
  });

  it('forgets the wrong passwords of an account that it unlocks', () => {
    const database = SamDatabase.open(read(sam), () => bootKey);
    database.setLocked('olga', true);
    const key = database.hive.key('SAM\\Domains\\Account\\Users\\000003E8')!;
    const f = key.getBinary('F')!.slice();
    f[0x40] = 5;
    key.setBinary('F', f);
    expect(database.account('olga')).toMatchObject({ locked: true, badPasswords: 5 });
    writeFileSync(sam, database.hive.serialize());
    spawnSync('chntpw', ['-u', 'olga', sam], { input: '2\nq\ny\n' });
    expect(SamDatabase.open(read(sam), () => bootKey).account('olga')).toMatchObject({
      locked: false,
      badPasswords: 0,
      hasPassword: true,
    });
  });

  it('clears a password that is kept with AES', () => {
    const accounts = [{ name: 'Administrator', password: 'Old-Secret1' }];
    const aes = path.join(folder, 'SAM-AES');
    writeFileSync(aes, createSam({ bootKey, random, accounts, cipher: 'aes' }).serialize());
    expect(SamDatabase.open(read(aes), () => bootKey).verifyPassword('Administrator', 'Old-Secret1')).toBe(
      true,
    );
    spawnSync('chntpw', ['-u', 'Administrator', aes], { input: '1\nq\ny\n' });
    expect(SamDatabase.open(read(aes), () => bootKey).account('Administrator')?.hasPassword).toBe(false);
  });

  it('no longer finds an account or a membership that we deleted', () => {
    const database = SamDatabase.open(read(sam), () => bootKey);
    database.createAccount({ name: 'temp', administrator: true });
    database.deleteAccount('temp');
    database.removeFromGroup('olga', BuiltinGroup.administrators);
    writeFileSync(sam, database.hive.serialize());
    expect(rows().map(([, name, administrator]) => [name, administrator])).toContainEqual(['olga', '']);
    expect(rows().some(([, name]) => name === 'temp')).toBe(false);
  });

  it('shows the class names that carry the boot key', () => {
    const input = 'cd ControlSet001\\Control\\Lsa\nck JD\nq\n';
    const { stdout } = spawnSync('chntpw', ['-e', system], { input, encoding: 'latin1' });
    const shown = /:00000 [0-9a-f ]+ ((?:[0-9a-f]\.){8})/.exec(stdout)?.[1]?.replace(/\./g, '');
    expect(shown).toBe(read(system).key('ControlSet001\\Control\\Lsa\\JD')?.className);
  });
});

describe.each([
  ['samdump2', (s: string, a: string) => [s, a]],
  ['impacket-secretsdump', (s: string, a: string) => ['-sam', a, '-system', s, 'LOCAL']],
])('%s', (program, args) => {
  it.skipIf(!has(program))('opens the password hashes with the boot key', () => {
    const database = SamDatabase.open(read(sam), () => bootKey);
    const text = execFileSync(program, args(system, sam), { encoding: 'latin1' });
    for (const { name, rid } of database.listAccounts()) {
      const hash = toHex(database.ntHashOf(name) ?? ntHash(''));
      expect(text).toContain(`${name}:${rid}:aad3b435b51404eeaad3b435b51404ee:${hash}:::`);
    }
  });
});

describe.skipIf(!has('hivexget'))('hivexget', () => {
  const get = (file: string, key: string, value: string) =>
    execFileSync('hivexget', [file, key, value], { encoding: 'utf8' }).trim();

  it('reads which computer and which Windows it is', () => {
    const software = path.join(folder, 'SOFTWARE');
    writeFileSync(software, createSoftwareHive().serialize());
    expect(get(software, 'Microsoft\\Windows NT\\CurrentVersion', 'ProductName')).toBe(
      'Windows Server 2008 R2 Standard',
    );
    expect(get(system, 'ControlSet001\\Control\\ComputerName\\ComputerName', 'ComputerName')).toBe('WEB01');
  });
});

describe.skipIf(!existsSync(hives) || !has('xz'))('hives of real systems', () => {
  const sample = (name: string) =>
    parseHive(new Uint8Array(execFileSync('xz', ['-dc', path.join(hives, name)], { maxBuffer: 1 << 28 })));

  it('hold the boot key that regipy reads', () => {
    expect(toHex(bootKeyOf(sample('SYSTEM.xz')))).toBe('e7f28d88f470cfed67dbcdb62ed1275b');
  });

  it('have account records that we take apart and put together without a change', () => {
    const users = sample('SAM.xz').key('SAM\\Domains\\Account\\Users')!;
    const records = users.subkeys().flatMap((key) => key.getBinary('V') ?? []);
    expect(records).toHaveLength(3);
    const partsOf = (data: Uint8Array) => readAccountParts({ data, place: { key: 'Users', value: 'V' } });
    for (const record of records) {
      const again = writeAccountParts(partsOf(record));
      // The table is the same; of the parts only the bytes between them may differ, which Windows does not clear.
      expect(toHex(again.subarray(0, 0xcc))).toBe(toHex(record.subarray(0, 0xcc)));
      expect(partsOf(again)).toEqual(partsOf(record));
      expect(again.length).toBe(record.length);
    }
  });

  it('have groups with accounts and with well-known members', () => {
    const groups = new SamGroups(sample('SAM.xz')).list();
    const members = (name: string) => {
      const group = groups.find((one) => one.name === name);
      return [group?.members, group?.otherMembers];
    };
    expect(members('Administrators')[0]).toContain(500);
    expect(members('Guests')).toEqual([[501], []]);
    expect(members('Users')[1]).toEqual(['S-1-5-4', 'S-1-5-11']);
  });

  it('do not open with the boot key of another Windows', () => {
    const database = SamDatabase.open(sample('SAM.xz'), () => bootKeyOf(sample('SYSTEM.xz')));
    expect(() => database.checkBootKey()).toThrow(SamError);
    expect(() => database.setPassword('Preston', 'x')).toThrow(SamError);
  });

  it('are listed, and their passwords cleared, without a boot key', () => {
    const hive = sample('SAM.xz');
    const database = SamDatabase.open(hive, () => {
      throw new Error('not needed');
    });
    expect(database.listAccounts().map(({ name }) => name)).toEqual(['Administrator', 'Guest', 'Preston']);
    database.setPassword('Preston', '');
    database.setEnabled('Administrator', true);
    const again = SamDatabase.open(parseHive(hive.serialize()), () => new Uint8Array(16));
    expect(again.account('Preston')?.hasPassword).toBe(false);
    expect(again.account('Administrator')?.enabled).toBe(true);
  });
});

import { createCipheriv, createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex, writeU32 } from '../bytes';
import { createHive, type Hive, parseHive } from '../regf';
import { RegistryValueError } from '../registry';
import {
  AccountError,
  accountPolicyOf,
  BuiltinGroup,
  bootKeyOf,
  changeAccountPolicy,
  createSam,
  createSoftwareHive,
  createSystemHive,
  encodeMountedLocation,
  ntHash,
  SamDatabase,
} from '.';

const bootKey = Uint8Array.from({ length: 16 }, (_x, index) => 17 * index + 3);

/** Not random, but different each time it is asked. */
function numbers(): (length: number) => Uint8Array {
  let next = 1;
  return (length) => Uint8Array.from({ length }, () => (next = (next * 77 + 13) & 0xff));
}

function sample(cipher: 'rc4' | 'aes' = 'rc4'): Hive {
  return createSam({
    bootKey,
    cipher,
    random: numbers(),
    machineSid: 'S-1-5-21-1111111111-2222222222-3333333333',
    accounts: [
      { name: 'Administrator', password: 'Old-Secret1' },
      { name: 'olga', password: 'пароль', fullName: 'Olga K.', administrator: true },
      { name: 'idle', enabled: false },
    ],
  });
}

/** What a reader of the written file sees. */
function reopened(database: SamDatabase): SamDatabase {
  return SamDatabase.open(parseHive(database.hive.serialize()), () => bootKey);
}

describe('a new SAM', () => {
  it('has Administrator, Guest and the given accounts', () => {
    const database = reopened(SamDatabase.open(sample(), () => bootKey));
    expect(
      database
        .listAccounts()
        .map(({ rid, name, enabled, administrator, hasPassword }) => [
          rid,
          name,
          enabled,
          administrator,
          hasPassword,
        ]),
    ).toEqual([
      [500, 'Administrator', true, true, true],
      [501, 'Guest', false, false, false],
      [1000, 'olga', true, true, true],
      [1001, 'idle', false, false, false],
    ]);
    expect(database.account('OLGA')).toMatchObject({ fullName: 'Olga K.', locked: false });
    expect(database.account('nobody')).toBeUndefined();
  });

  it('belongs to the boot key of its SYSTEM hive', () => {
    const system = parseHive(createSystemHive({ computerName: 'web01', bootKey }).serialize());
    expect(toHex(bootKeyOf(system))).toBe(toHex(bootKey));
    const database = SamDatabase.open(sample(), () => new Uint8Array(16));
    for (const attempt of [
      () => database.checkBootKey(),
      () => database.ntHashOf('olga'),
      () => database.setPassword('olga', 'x'),
      () => database.createAccount({ name: 'new', password: 'x' }),
    ]) {
      expect(attempt).toThrow('does not open the account domain');
    }
    expect(database.account('new')).toBeUndefined();
  });

  it.each(['rc4', 'aes'] as const)('needs no boot key but for stored passwords (%s)', (cipher) => {
    const database = SamDatabase.open(sample(cipher), () => {
      throw new Error('not needed');
    });
    database.setPassword('Administrator', '');
    database.setEnabled('Guest', true);
    database.createAccount({ name: 'new' });
    const after = reopened(database);
    expect(after.verifyPassword('Administrator', '')).toBe(true);
    expect(after.verifyPassword('new', '')).toBe(true);
    expect(after.account('Guest')?.enabled).toBe(true);
  });

  it.each([
    ['a hive of another kind', () => SamDatabase.open(createHive('x'), () => bootKey), 'so it is no SAM'],
    ['no control set', () => bootKeyOf(createHive('x')), 'so it is no SYSTEM hive'],
  ])('refuses %s, and says where', (_name, attempt, text) => {
    expect(attempt).toThrow(RegistryValueError);
    expect(attempt).toThrow(text);
  });

  it.each([
    [
      'an account twice',
      () => SamDatabase.open(sample(), () => bootKey).createAccount({ name: 'OLGA' }),
      'exists already',
    ],
    [
      'a bad name',
      () => SamDatabase.open(sample(), () => bootKey).createAccount({ name: 'a\\b' }),
      'is no account name',
    ],
    [
      'an unknown account',
      () => SamDatabase.open(sample(), () => bootKey).setPassword('x', ''),
      'it has Administrator, ',
    ],
  ])('refuses %s', (_name, attempt, text) => {
    expect(attempt).toThrow(AccountError);
    expect(attempt).toThrow(text);
  });
});

describe('a password', () => {
  it('is verified by its hash', () => {
    const database = reopened(SamDatabase.open(sample(), () => bootKey));
    expect(database.verifyPassword('administrator', 'Old-Secret1')).toBe(true);
    expect(database.verifyPassword('Administrator', 'old-secret1')).toBe(false);
    expect(database.verifyPassword('olga', 'пароль')).toBe(true);
    expect(database.verifyPassword('Guest', '')).toBe(true);
    expect(database.verifyPassword('Guest', ' ')).toBe(false);
    expect(database.verifyPassword('nobody', '')).toBe(false);
  });

  it('is replaced, and stamped where there is a clock', () => {
    const database = SamDatabase.open(sample(), () => bootKey, { clock: () => 42n });
    database.setPassword('Administrator', 'New-Secret2');
    const after = reopened(database);
    expect(after.verifyPassword('Administrator', 'New-Secret2')).toBe(true);
    expect(after.verifyPassword('Administrator', 'Old-Secret1')).toBe(false);
    expect(after.account('Administrator')?.passwordLastSet).toBe(42n);
    expect(after.verifyPassword('olga', 'пароль')).toBe(true);
  });

  it('is cleared and set again', () => {
    const database = SamDatabase.open(sample(), () => bootKey);
    database.setPassword('olga', '');
    expect(reopened(database).account('olga')?.hasPassword).toBe(false);
    expect(reopened(database).ntHashOf('olga')).toBeUndefined();
    database.setPassword('olga', 'x');
    expect(toHex(reopened(database).ntHashOf('olga')!)).toBe(toHex(ntHash('x')));
  });

  it('is stored differently for equal passwords of two accounts', () => {
    const database = SamDatabase.open(sample(), () => bootKey);
    database.setPassword('olga', 'same');
    database.setPassword('idle', 'same');
    const stored = (rid: string) => {
      const v = database.hive.key(`SAM\\Domains\\Account\\Users\\${rid}`)!.getBinary('V')!;
      return toHex(v.subarray(-32));
    };
    expect(stored('000003E8')).not.toBe(stored('000003E9'));
  });
});

describe('an account', () => {
  it('is enabled, disabled, locked and unlocked', () => {
    const database = SamDatabase.open(sample(), () => bootKey);
    database.setEnabled('idle', true);
    database.setEnabled('olga', false);
    database.setLocked('olga', true);
    const after = reopened(database);
    expect(after.account('idle')).toMatchObject({ enabled: true, locked: false });
    expect(after.account('olga')).toMatchObject({ enabled: false, locked: true });
    after.setLocked('olga', false);
    after.setEnabled('olga', true);
    expect(reopened(after).account('olga')).toMatchObject({ enabled: true, locked: false });
  });

  it('becomes an administrator, once', () => {
    const database = SamDatabase.open(sample(), () => bootKey);
    database.addToGroup('idle', BuiltinGroup.administrators);
    const before = database.hive.serialize();
    database.addToGroup('idle', BuiltinGroup.administrators);
    expect(database.hive.serialize()).toEqual(before);
    expect(reopened(database).account('idle')?.administrator).toBe(true);
    expect(() => database.addToGroup('idle', 0x999)).toThrow('no local group with the RID 0x999');
  });
});

describe('accounts as the tools change them', () => {
  it('get new texts and limits', () => {
    const database = SamDatabase.open(sample(), () => bootKey);
    database.changeAccount('olga', {
      fullName: 'Olga',
      comment: 'gone',
      expires: 42n,
      passwordRequired: false,
    });
    const changed = reopened(database).account('olga');
    expect(changed).toMatchObject({
      fullName: 'Olga',
      comment: 'gone',
      expires: 42n,
      passwordRequired: false,
    });
    database.changeAccount('olga', { expires: 'never', passwordNeverExpires: false });
    expect(database.account('olga')).toMatchObject({ expires: undefined, passwordNeverExpires: false });
    expect(reopened(database).verifyPassword('olga', 'пароль')).toBe(true);
  });

  it('are deleted with their memberships, and never those of Windows', () => {
    const database = SamDatabase.open(sample(), () => bootKey);
    database.deleteAccount('OLGA');
    const after = reopened(database);
    expect(after.account('olga')).toBeUndefined();
    expect(after.listGroups().find(({ rid }) => rid === 0x220)).toMatchObject({
      members: [500],
      otherMembers: [],
    });
    expect(after.hive.key('SAM\\Domains\\Account\\Users')?.getValue('')?.type).toBe(3);
    expect(() => database.deleteAccount('Guest')).toThrow('belongs to Windows');
  });

  it('obey a policy of the SAM', () => {
    const hive = sample();
    expect(accountPolicyOf(hive)).toEqual({
      maximumPasswordDays: undefined,
      minimumPasswordDays: 0,
      minimumPasswordLength: 0,
      passwordHistory: 0,
      complexPasswords: false,
      lockoutThreshold: 0,
      lockoutMinutes: 30,
      lockoutWindowMinutes: 30,
    });
    const change = {
      maximumPasswordDays: 42,
      minimumPasswordLength: 8,
      lockoutThreshold: 5,
      lockoutMinutes: 10,
    };
    changeAccountPolicy(hive, change);
    expect(accountPolicyOf(parseHive(hive.serialize()))).toMatchObject(change);
    changeAccountPolicy(hive, { maximumPasswordDays: undefined, lockoutMinutes: undefined });
    expect(accountPolicyOf(hive)).toMatchObject({
      maximumPasswordDays: undefined,
      lockoutMinutes: undefined,
    });
    expect(() => accountPolicyOf(createHive('x'))).toThrow('so it is no SAM');
  });

  it('keep every password, with both ciphers', () => {
    for (const cipher of ['rc4', 'aes'] as const) {
      const hive = createSam({ bootKey, random: numbers(), cipher });
      const database = SamDatabase.open(hive, () => bootKey, { random: numbers() });
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (password) => {
          database.setPassword('Guest', password);
          expect(toHex(database.ntHashOf('Guest') ?? ntHash(''))).toBe(toHex(ntHash(password)));
          expect(database.account('Guest')?.hasPassword).toBe(password !== '');
        }),
        { numRuns: 30 },
      );
    }
  });
});

describe('a SAM with AES, as Windows 10 and later keep it', () => {
  const domainKey = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

  /** The sample with its domain key wrapped by OpenSSL's AES. */
  function aesSample(): Hive {
    const hive = sample();
    const domain = hive.key('SAM\\Domains\\Account')!;
    const salt = Buffer.alloc(16, 7);
    const data = createCipheriv('aes-128-cbc', bootKey, salt);
    const wrapped = Buffer.concat([data.update(domainKey), data.final()]);
    const block = new Uint8Array(0x70);
    writeU32(block, 0, 2);
    writeU32(block, 4, block.length);
    writeU32(block, 12, wrapped.length);
    block.set(salt, 16);
    block.set(wrapped, 32);
    const f = new Uint8Array(0x120);
    f.set(domain.getBinary('F')!.subarray(0, 0x68));
    f.set(block, 0x68);
    domain.setBinary('F', f);
    return hive;
  }

  /** Eight bytes of seven key bits and a parity place each. */
  function desKey(sevenBytes: string): Buffer {
    const bits = BigInt(`0x${sevenBytes}`);
    return Buffer.from(
      Array.from({ length: 8 }, (_x, group) => Number((bits >> BigInt(49 - 7 * group)) & 127n) << 1),
    );
  }

  /** Opens a stored hash of RID 500 with OpenSSL only; three equal keys make triple DES a single one. */
  function opened(stored: Uint8Array): string {
    const aes = createDecipheriv('aes-128-cbc', domainKey, stored.subarray(8, 24));
    const wrapped = Buffer.concat([aes.update(stored.subarray(24)), aes.final()]);
    return ['f4010000f40100', '00f4010000f401']
      .map((hex, half) => {
        const key = desKey(hex);
        const des = createDecipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null).setAutoPadding(
          false,
        );
        return des.update(wrapped.subarray(8 * half, 8 * half + 8)).toString('hex');
      })
      .join('');
  }

  it('keeps hashes that OpenSSL opens', () => {
    const hive = aesSample();
    const database = SamDatabase.open(hive, () => bootKey, { random: numbers() });
    // Hashes sealed with RC4 and the old domain key do not fit the new one; a new password replaces them.
    database.setPassword('Administrator', 'password');
    expect(reopened(database).verifyPassword('Administrator', 'password')).toBe(true);
    const v = hive.key('SAM\\Domains\\Account\\Users\\000001F4')!.getBinary('V')!;
    const view = new DataView(v.buffer, v.byteOffset);
    const start = 0xcc + view.getUint32(0xa8, true);
    const stored = v.subarray(start, start + view.getUint32(0xac, true));
    expect(stored.length).toBe(0x38);
    expect(opened(stored)).toBe('8846f7eaee8fb117ad06bdd830b7586c');
  });

  it('stores only a header for no password', () => {
    const database = SamDatabase.open(aesSample(), () => bootKey, { random: numbers() });
    database.setPassword('olga', '');
    expect(reopened(database).account('olga')?.hasPassword).toBe(false);
    expect(reopened(database).verifyPassword('olga', '')).toBe(true);
  });
});

describe('the other hives of a system', () => {
  it('say where volumes are mounted, in the bytes of MountedDevices', () => {
    const hive = createSystemHive({
      computerName: 'Web01',
      bootKey,
      mountedDevices: [
        {
          letter: 'c',
          volumeGuid: '{656B1715-ECF6-11DF-92E6-806E6F6E6963}',
          location: { style: 'mbr', signature: 0x5cbea03e, offsetBytes: 0x100000 },
        },
      ],
    });
    const mounted = hive.key('MountedDevices')!;
    // As in a SYSTEM hive of Windows 7.
    expect(toHex(mounted.getBinary('\\DosDevices\\C:')!)).toBe('3ea0be5c0000100000000000');
    expect(mounted.getValue('\\??\\Volume{656b1715-ecf6-11df-92e6-806e6f6e6963}')).toBeDefined();
    expect(hive.key('ControlSet001\\Control\\ComputerName\\ComputerName')?.getString('ComputerName')).toBe(
      'WEB01',
    );
    const gpt = encodeMountedLocation({
      style: 'gpt',
      partitionGuid: '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b',
    });
    expect(toHex(gpt)).toBe(`${Buffer.from('DMIO:ID:').toString('hex')}382c0f8eeae4ba47b7fc9d8c74dccf0b`);
  });

  it('say which Windows it is', () => {
    const version = createSoftwareHive().key('Microsoft\\Windows NT\\CurrentVersion')!;
    expect([version.getString('CurrentVersion'), version.getString('CurrentBuild')]).toEqual(['6.1', '7601']);
  });
});

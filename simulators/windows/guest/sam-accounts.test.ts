import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseHive } from '../../disk/regf';
import { BuiltinGroup, bootKeyOf, changeAccountPolicy, ntHash, SamDatabase } from '../../disk/sam';
import { RescueGuest } from './testing/rescue-guest';

let setup: RescueGuest;
beforeEach(async () => {
  setup = await RescueGuest.prepare();
});
afterEach(() => setup[Symbol.asyncDispose]());

const path = (name: string) => join(setup.folder, 'c/Windows/System32/config', name);
const read = async (name: string) => parseHive(new Uint8Array(await readFile(path(name))));

/** Changes the hive while nobody runs, as a rescue system does. */
async function offline(change: (sam: SamDatabase) => void): Promise<void> {
  const sam = await read('SAM');
  const system = await read('SYSTEM');
  change(SamDatabase.open(sam, () => bootKeyOf(system)));
  await writeFile(path('SAM'), sam.serialize());
}
const doors = async (user: string, password: string) => ({
  network: await setup.accounts().logOn(user, password, 'network'),
  console: await setup.accounts().logOn(user, password, 'console'),
});
const open = { network: undefined, console: undefined };
const names = async () => (await setup.accounts().list()).map(({ name }) => name);

describe('the accounts of a hive', () => {
  it('open with their password, and tell nobody else what is wrong with them', async () => {
    expect(await doors('ADMINISTRATOR', 'old')).toEqual(open);
    await offline((sam) => sam.setEnabled('Backup', false));
    expect(await doors('Backup', 'b4ckup')).toEqual({ network: 'disabled', console: 'disabled' });
    const wrong = { network: 'wrong-password', console: 'wrong-password' };
    expect(await doors('Backup', 'b4ckups')).toEqual(wrong);
    expect(await doors('nobody', '')).toEqual(wrong);
    expect(await names()).toEqual(['Administrator']);
  });

  it('stay shut while they are locked', async () => {
    await offline((sam) => sam.setLocked('Backup', true));
    expect(await doors('Backup', 'b4ckup')).toEqual({ network: 'locked', console: 'locked' });
    await offline((sam) => sam.setLocked('Backup', false));
    expect(await doors('Backup', 'b4ckup')).toEqual(open);
  });

  it('are locked after so many wrong passwords as the policy allows, but for the built-in administrator', async () => {
    await offline((sam) => changeAccountPolicy(sam.hive, { lockoutThreshold: 3, lockoutWindowMinutes: 30 }));
    const accounts = setup.accounts();
    const tryWrong = async (user: string) => accounts.logOn(user, 'guessed', 'network');
    for (const _attempt of [1, 2]) expect(await tryWrong('backup')).toBe('wrong-password');
    expect(await doors('Backup', 'b4ckup')).toEqual(open);
    for (const _attempt of [1, 2, 3]) await tryWrong('backup');
    expect(await doors('Backup', 'b4ckup')).toEqual({ network: 'locked', console: 'locked' });
    expect(await tryWrong('backup')).toBe('wrong-password');
    for (const _attempt of [1, 2, 3, 4]) await tryWrong('Administrator');
    expect(await doors('Administrator', 'old')).toEqual(open);
    await offline((sam) => sam.setLocked('Backup', false));
    expect(await doors('Backup', 'b4ckup')).toEqual(open);
  });

  it('are not counted against where the policy locks nobody', async () => {
    const before = await readFile(path('SAM'));
    for (const _attempt of [1, 2, 3, 4]) await setup.accounts().logOn('Backup', 'guessed', 'network');
    expect(await readFile(path('SAM'))).toEqual(before);
  });

  it('may use Remote Desktop as administrators or members of its group', async () => {
    await offline((sam) => {
      sam.createAccount({ name: 'guest1', password: 'Own-1' });
      sam.createAccount({ name: 'guest2', password: 'Own-2' });
      sam.addToGroup('guest2', BuiltinGroup.remoteDesktopUsers);
    });
    const open = (await setup.accounts().list()).filter(({ remoteDesktop }) => remoteDesktop);
    expect(open.map(({ name }) => name)).toEqual(['Administrator', 'Backup', 'guest2']);
  });

  it('may be admin beside Administrator, each with a password of its own', async () => {
    await offline((sam) => sam.createAccount({ name: 'admin', password: 'Own-1', administrator: true }));
    expect(await doors('admin', 'Own-1')).toEqual(open);
    expect(await doors('Administrator', 'Own-1')).toMatchObject({ network: 'wrong-password' });
    expect(await setup.accounts().find('')).toBe('Administrator');
    expect(await names()).toEqual(['Administrator', 'Backup', 'admin']);
  });

  it('without a password are for the console, unless LimitBlankPasswordUse is 0', async () => {
    await offline((sam) => sam.setPassword('Backup', ''));
    expect(await doors('Backup', '')).toEqual({ network: 'blank-password', console: undefined });
    const hashOf = async (user: string) =>
      (await setup.accounts().list()).find(({ name }) => name === user)?.ntHash;
    expect(await hashOf('Backup')).toBeUndefined();
    const system = await read('SYSTEM');
    system.createKey('ControlSet001\\Control\\Lsa').setDword('LimitBlankPasswordUse', 0);
    await writeFile(path('SYSTEM'), system.serialize());
    expect(await doors('Backup', '')).toEqual(open);
    expect(await hashOf('Backup')).toEqual(ntHash(''));
  });

  it('with a password that is too old are shut from the network', async () => {
    await offline((sam) => {
      sam.changeAccount('Backup', { passwordNeverExpires: false });
    });
    expect(await doors('Backup', 'b4ckup')).toEqual({ network: 'password-expired', console: undefined });
    expect(await names()).toEqual(['Administrator']);
    await setup.accounts().setPassword('Backup', 'New-1');
    expect(await doors('Backup', 'New-1')).toEqual(open);
  });
});

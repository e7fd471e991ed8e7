import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BcdObjectType,
  BOOT_MANAGER_ELEMENTS,
  LIBRARY_ELEMENTS,
  OS_LOADER_ELEMENTS,
} from '../../../disk/bcd';
import { installedStore } from '../testing/installed-store';
import { MiB, RescueMachine, rescueSignature } from '../testing/rescue-machine';

const loader = '{1fd3f1a6-0f5c-11e6-8c7d-e5b3d9a1c402}';
const done = 'The operation completed successfully.\r\n';
let machine: RescueMachine;

beforeEach(async () => {
  machine = await RescueMachine.start();
  await machine.put('d/Boot/BCD', installedStore());
});
afterEach(() => machine[Symbol.asyncDispose]());

const lines = async (command: string) => (await machine.run(command)).output.split('\r\n');

describe('the system store', () => {
  it('is found on the running system, whose entry is {current}', async () => {
    const store = installedStore();
    const windows = {
      kind: 'partition',
      style: 'mbr',
      signature: rescueSignature,
      offsetBytes: MiB,
    } as const;
    store.object(loader)?.setDevice(OS_LOADER_ELEMENTS.osdevice, windows);
    await machine.put('c/Boot/BCD', store);
    const listing = await lines('bcdedit');
    expect(listing).toContain('default                 {current}');
    expect(listing).toContain('identifier              {current}');
    expect((await machine.run('bcdedit /set {current} description "My system"')).output).toBe(done);
    expect((await machine.run('bcdedit /set bootlog Yes')).output).toBe(done);
    expect((await machine.store('c/Boot/BCD')).object(loader)?.getString(LIBRARY_ELEMENTS.description)).toBe(
      'My system',
    );
    expect(await lines('bcdedit /enum {current}')).toContain('bootlog                 Yes');
  });

  it('has no {current} where only a resume entry points to the running system', async () => {
    const store = installedStore();
    const resume = store.object(loader)?.getObject(OS_LOADER_ELEMENTS.resumeobject) ?? '';
    // `filedevice`: the same code as a loader's `osdevice`.
    store.object(resume)?.setDevice(OS_LOADER_ELEMENTS.osdevice, {
      kind: 'partition',
      style: 'mbr',
      signature: rescueSignature,
      offsetBytes: MiB,
    });
    await machine.put('c/Boot/BCD', store);
    const listing = await lines('bcdedit /enum all');
    expect(listing).toContain(`resumeobject            ${resume}`);
    expect(listing.join()).not.toContain('{current}');
    expect((await machine.run('bcdedit /set {current} description x')).exitCode).toBe(1);
  });

  it('goes out with /export and comes back with /import', async () => {
    await machine.put('c/Boot/BCD', installedStore());
    expect((await machine.run('bcdedit /export "C:\\my backup"')).output).toBe(done);
    await machine.run('bcdedit /timeout 5');
    expect((await machine.store('c/Boot/BCD')).bootManager?.getInteger(BOOT_MANAGER_ELEMENTS.timeout)).toBe(
      5n,
    );
    expect((await machine.run('bcdedit /import "C:\\my backup"')).output).toBe(done);
    expect((await machine.store('c/Boot/BCD')).bootManager?.getInteger(BOOT_MANAGER_ELEMENTS.timeout)).toBe(
      30n,
    );
  });
});

describe('making a store anew', () => {
  const at = (command: string) => machine.run(`bcdedit /store d:\\new ${command}`);

  it('works as Microsoft describes it for a lost {bootmgr}', async () => {
    expect((await machine.run('bcdedit /createstore d:\\new')).output).toBe(done);
    expect((await at('')).output).toBe('There are no matching objects or the store is empty.\r\n');
    // Text seen on real Windows.
    expect((await at('/create {bootmgr} /d "Windows Boot Manager"')).output).toBe(
      'The entry {bootmgr} was successfully created.\r\n',
    );
    const created = (await at('/create /d "Windows" /application osloader')).output;
    const id = /\{[0-9a-f-]{36}\}/.exec(created)?.[0] ?? '';
    expect(created).toBe(`The entry ${id} was successfully created.\r\n`);
    for (const command of [
      '/set {bootmgr} device partition=d:',
      `/default ${id}`,
      `/displayorder ${id} /addlast`,
      '/set {bootmgr} inherit {globalsettings}',
      '/timeout 30',
      `/set ${id} device partition=e:`,
      '/set {default} osdevice partition=e:',
      '/set {default} path \\Windows\\system32\\winload.exe',
      '/set {default} systemroot \\Windows',
      '/set {default} custom:26000090 yes',
    ]) {
      expect({ command, ...(await at(command)) }).toEqual({ command, exitCode: 0, output: done, errors: '' });
    }
    expect((await at('')).output.split('\r\n').slice(3)).toEqual([
      'identifier              {bootmgr}',
      'device                  partition=D:',
      'description             Windows Boot Manager',
      'inherit                 {globalsettings}',
      'default                 {default}',
      'displayorder            {default}',
      'timeout                 30',
      '',
      'Windows Boot Loader',
      '-------------------',
      'identifier              {default}',
      'device                  partition=E:',
      'path                    \\Windows\\system32\\winload.exe',
      'description             Windows',
      'osdevice                partition=E:',
      'systemroot              \\Windows',
      'bootlog                 Yes',
      '',
    ]);
  });

  it('copies entries into the menu and takes them out again', async () => {
    const d = 'bcdedit /store d:\\boot\\bcd';
    const copied = (await machine.run(`${d} /copy {default} /d "Second"`)).output;
    const id = /\{[0-9a-f-]{36}\}/.exec(copied)?.[0] ?? '';
    expect(await lines(`${d} /enum {bootmgr}`)).toContain(`                        ${id}`);
    await machine.run(`${d} /displayorder ${id} /addfirst`);
    expect(await lines(`${d} /enum {bootmgr}`)).toContain(`displayorder            ${id}`);
    expect((await machine.run(`${d} /delete ${id}`)).output).toBe(done);
    const store = await machine.store('d/Boot/BCD');
    expect(store.object(id)).toBeUndefined();
    expect(store.bootManager?.getObjects(BOOT_MANAGER_ELEMENTS.displayorder)).toEqual([loader]);
  });

  it('supports a default of {ntldr} beside a loader', async () => {
    const store = installedStore();
    store.createObject('{ntldr}', BcdObjectType.legacyLoader);
    await machine.put('d/Boot/BCD', store);
    const d = 'bcdedit /store d:\\boot\\bcd';
    await machine.run(`${d} /default {ntldr}`);
    const listing = await lines(d);
    expect(listing).toContain('default                 {ntldr}');
    expect(listing).toContain(`identifier              ${loader}`);
    expect((await machine.run(`${d} /set {ntldr} device partition=d:`)).output).toBe(done);
  });
});

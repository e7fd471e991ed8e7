import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BOOT_MANAGER_ELEMENTS as BOOT,
  createInstalledStore,
  LIBRARY_ELEMENTS as LIBRARY,
  OS_LOADER_ELEMENTS as LOADER,
} from '../../../disk/bcd';
import { place, startPatient } from '../testing/patient';
import { MiB, type RescueMachine, rescueSignature } from '../testing/rescue-machine';

// Seen on real Windows.
const created = { exitCode: 0, output: 'Boot files successfully created.\r\n', errors: '' };
let machine: RescueMachine;
beforeEach(async () => {
  machine = await startPatient();
});
afterEach(() => machine[Symbol.asyncDispose]());

const order = async () => {
  const store = await machine.store('d/Boot/BCD');
  return (store.bootManager?.getObjects(BOOT.displayorder) ?? []).map((id) =>
    store.object(id)?.getString(LIBRARY.description),
  );
};

describe('bcdboot on an empty system partition', () => {
  it('copies the boot files and writes a store with fully qualified devices', async () => {
    expect(await machine.run('bcdboot E:\\Windows /s D:')).toEqual(created);
    expect(await readFile(join(machine.folder, 'd/bootmgr'), 'utf8')).toBe('the boot manager');
    expect((await readdir(join(machine.folder, 'd/Boot'))).sort()).toEqual(['BCD', 'en-US']);
    const store = await machine.store('d/Boot/BCD');
    expect(store.bootManager?.getDevice(LIBRARY.device)).toEqual(place(1));
    const loader = store.object('{default}');
    expect(loader?.getDevice(LIBRARY.device)).toEqual(place(101));
    expect(loader?.getDevice(LOADER.osdevice)).toEqual(place(101));
    expect(loader?.getString(LIBRARY.description)).toBe('Windows Server 2008 R2');
    expect(loader?.getString(LIBRARY.path)).toBe('\\Windows\\system32\\winload.exe');
  });

  it('finds the system partition of the disk by itself, and speaks the language after /l', async () => {
    expect(await machine.run('bcdboot e:\\windows /l de-DE')).toEqual(created);
    const loader = (await machine.store('d/Boot/BCD')).object('{default}');
    expect(loader?.getString(LIBRARY.locale)).toBe('de-DE');
  });

  it('takes settings from the template of the installation', async () => {
    const template = createInstalledStore({
      systemPartition: { kind: 'boot' },
      windowsPartition: { kind: 'boot' },
      description: 'Template',
    });
    template.object('{default}')?.setInteger(LOADER.nx, 0);
    template.object('{dbgsettings}')?.setInteger(LIBRARY.debugport, 4);
    await machine.put('e/Windows/System32/config/BCD-Template', template);
    await machine.run('bcdboot E:\\Windows');
    const store = await machine.store('d/Boot/BCD');
    expect(store.object('{default}')?.getInteger(LOADER.nx)).toBe(0n);
    expect(store.object('{default}')?.getString(LIBRARY.description)).toBe('Windows Server 2008 R2');
    expect(store.object('{default}')?.getDevice(LIBRARY.device)).toEqual(place(101));
    expect(store.object('{dbgsettings}')?.getInteger(LIBRARY.debugport)).toBe(4n);
  });

  it('has nothing to keep with /m', async () => {
    expect(await machine.run('bcdboot E:\\Windows /m')).toEqual(created);
  });

  it('makes files for UEFI where told to', async () => {
    const failed = { exitCode: 1, output: 'Failure when attempting to copy boot files.\r\n' };
    expect(await machine.run('bcdboot E:\\Windows /s D: /f UEFI')).toMatchObject(failed);
    await machine.run('md E:\\Windows\\Boot\\EFI & echo manager> E:\\Windows\\Boot\\EFI\\bootmgfw.efi');
    expect(await machine.run('bcdboot E:\\Windows /s D: /f UEFI')).toEqual(created);
    expect(await readdir(join(machine.folder, 'd/EFI/Boot'))).toEqual(['bootx64.efi']);
    const store = await machine.store('d/EFI/Microsoft/Boot/BCD');
    expect(store.bootManager?.getString(LIBRARY.path)).toBe('\\EFI\\Microsoft\\Boot\\bootmgfw.efi');
    expect(store.object('{default}')?.getString(LIBRARY.path)).toBe('\\Windows\\system32\\winload.efi');
  });
});

describe('bcdboot beside entries that are there', () => {
  const old = { ...place(101), signature: rescueSignature } as const;

  beforeEach(async () => {
    const store = createInstalledStore({
      systemPartition: place(1),
      windowsPartition: { ...old, offsetBytes: 500 * MiB },
      description: 'Elsewhere',
    });
    store.object('{default}')?.setInteger(LOADER.nx, 3);
    await machine.put('d/Boot/BCD', store);
  });

  it('leads the menu and is the default; the other entry stays', async () => {
    expect(await machine.run('bcdboot E:\\Windows')).toEqual(created);
    expect(await order()).toEqual(['Windows Server 2008 R2', 'Elsewhere']);
    const store = await machine.store('d/Boot/BCD');
    expect(store.object('{default}')?.getDevice(LIBRARY.device)).toEqual(place(101));
  });

  it('replaces an older entry of the same partition', async () => {
    await machine.run('bcdboot E:\\Windows');
    const before = (await machine.store('d/Boot/BCD')).objects().length;
    await machine.run('bcdboot E:\\Windows');
    expect(await order()).toEqual(['Windows Server 2008 R2', 'Elsewhere']);
    expect((await machine.store('d/Boot/BCD')).objects()).toHaveLength(before);
  });

  it.each([
    ['/addlast', ['Elsewhere', 'Windows Server 2008 R2'], 'Windows Server 2008 R2'],
    ['/addlast /d', ['Elsewhere', 'Windows Server 2008 R2'], 'Elsewhere'],
    ['/c', ['Windows Server 2008 R2'], 'Windows Server 2008 R2'],
  ])('%s', async (options, menu, byDefault) => {
    await machine.run(`bcdboot E:\\Windows ${options}`);
    expect(await order()).toEqual(menu);
    const store = await machine.store('d/Boot/BCD');
    expect(store.object('{default}')?.getString(LIBRARY.description)).toBe(byDefault);
  });

  it('keeps the place of its older entry with /p', async () => {
    await machine.run('bcdboot E:\\Windows /addlast');
    await machine.run('bcdboot E:\\Windows /p');
    expect(await order()).toEqual(['Elsewhere', 'Windows Server 2008 R2']);
  });

  it('takes over the settings of an entry with /m', async () => {
    await machine.run('bcdboot E:\\Windows /m');
    expect((await machine.store('d/Boot/BCD')).object('{default}')?.getInteger(LOADER.nx)).toBe(3n);
    const { exitCode } = await machine.run('bcdboot E:\\Windows /m {11111111-2222-3333-4444-555555555555}');
    expect(exitCode).toBe(1);
  });
});

describe('bcdboot refuses', () => {
  const failed = { exitCode: 1, output: 'Failure when attempting to copy boot files.\r\n' };

  it.each(['bcdboot E:\\Nothing', 'bcdboot X:\\Windows', 'bcdboot E:\\Windows /s X:'])(
    '%s',
    async (command) => {
      expect(await machine.run(command)).toMatchObject(failed);
    },
  );

  it('an installation without boot files, where the partition has no boot manager either', async () => {
    await machine.run('rd /s /q E:\\Windows\\Boot\\PCAT');
    expect(await machine.run('bcdboot E:\\Windows')).toMatchObject(failed);
    await machine.run('echo manager> D:\\bootmgr');
    expect(await machine.run('bcdboot E:\\Windows')).toEqual(created);
  });

  it('a volume on dynamic disks', async () => {
    expect(await machine.run('bcdboot E:\\Windows /s G:')).toMatchObject({ exitCode: 1 });
  });

  it('a wrong command line', async () => {
    expect(await machine.run('bcdboot E:\\Windows /f CPM')).toMatchObject({ exitCode: 87 });
    expect((await machine.run('bcdboot')).output).toContain('bcdboot source');
  });
});

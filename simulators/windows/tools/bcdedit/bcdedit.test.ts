import { execFileSync, spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LIBRARY_ELEMENTS, OS_LOADER_ELEMENTS } from '../../../disk/bcd';
import { installedStore } from '../testing/installed-store';
import { customerSignature, MiB, RescueMachine } from '../testing/rescue-machine';

const loader = '{1fd3f1a6-0f5c-11e6-8c7d-e5b3d9a1c402}';
const done = 'The operation completed successfully.\r\n';
let machine: RescueMachine;

beforeEach(async () => {
  machine = await RescueMachine.start();
  await machine.put('d/Boot/BCD', installedStore());
});
afterEach(() => machine[Symbol.asyncDispose]());

const lines = async (command: string) => (await machine.run(command)).output.split('\r\n');

describe('bcdedit /store', () => {
  it('lists the boot manager and its entries in the layout of real Windows', async () => {
    // Headings, columns and order: as in five transcripts of real Windows. The store still names the signature that
    // the rescue disk has: C: is at offset 1 MiB there, and nothing at 101 MiB.
    expect(await lines('bcdedit /store d:\\boot\\bcd')).toEqual([
      '',
      'Windows Boot Manager',
      '--------------------',
      'identifier              {bootmgr}',
      'device                  partition=C:',
      'description             Windows Boot Manager',
      'locale                  en-US',
      'inherit                 {globalsettings}',
      'default                 {default}',
      'resumeobject            {1fd3f1a5-0f5c-11e6-8c7d-e5b3d9a1c402}',
      'displayorder            {default}',
      'toolsdisplayorder       {memdiag}',
      'timeout                 30',
      '',
      'Windows Boot Loader',
      '-------------------',
      'identifier              {default}',
      'device                  unknown',
      'path                    \\Windows\\system32\\winload.exe',
      'description             Windows Server 2008 R2',
      'locale                  en-US',
      'inherit                 {bootloadersettings}',
      'osdevice                unknown',
      'systemroot              \\Windows',
      'resumeobject            {1fd3f1a5-0f5c-11e6-8c7d-e5b3d9a1c402}',
      'nx                      OptOut',
      '',
    ]);
  });

  it('shows identifiers in full with /v, and further list items below the first', async () => {
    expect(await lines('bcdedit /store d:\\boot\\bcd /enum {globalsettings} /v')).toEqual([
      '',
      'Global Settings',
      '---------------',
      'identifier              {7ea2e1ac-2e61-4728-aaa3-896d9d0a9f0e}',
      'inherit                 {4636856e-540f-4170-a130-a84776f4c654}',
      '                        {0ce4991b-e6b3-4b16-b23c-5e0d9250e5d9}',
      '                        {5189b25c-5558-4bf2-bca4-289b11bd29e2}',
      '',
    ]);
  });

  it('lists everything: applications first, then settings', async () => {
    const all = await lines('bcdedit /store D:\\boot\\bcd /enum all');
    expect(all.filter((_, index) => /^-+$/.test(all[index + 1] ?? ''))).toEqual([
      'Windows Boot Manager',
      'Windows Boot Loader',
      'Resume from Hibernate',
      'Windows Memory Tester',
      'EMS Settings',
      'Debugger Settings',
      'RAM Defects',
      'Global Settings',
      'Boot Loader Settings',
      'Hypervisor Settings',
      'Resume Loader Settings',
    ]);
  });

  it('repairs the boot entry, byte for byte, and lists the new places', async () => {
    for (const command of [
      `/set ${loader} osdevice partition=e:`,
      '/set {default} device partition=E:',
      '/set {bootmgr} device partition=d:',
      '/set {memdiag} device partition=d:',
    ]) {
      // Success text: as in the transcripts.
      expect(await machine.run(`bcdedit /store d:\\boot\\bcd ${command}`)).toEqual({
        exitCode: 0,
        output: done,
        errors: '',
      });
    }
    const store = await machine.store('d/Boot/BCD');
    const windows = { kind: 'partition', style: 'mbr', signature: customerSignature, offsetBytes: 101 * MiB };
    expect(store.object('{default}')?.getDevice(LIBRARY_ELEMENTS.device)).toEqual(windows);
    expect(store.object('{default}')?.getDevice(OS_LOADER_ELEMENTS.osdevice)).toEqual(windows);
    expect(store.object('{memdiag}')?.getDevice(LIBRARY_ELEMENTS.device)).toEqual({
      ...windows,
      offsetBytes: MiB,
    });
    expect((await lines('bcdedit /store d:\\boot\\bcd')).filter((line) => /device /.test(line))).toEqual([
      'device                  partition=D:',
      'device                  partition=E:',
      'osdevice                partition=E:',
    ]);
    expect(await readdir(join(machine.folder, 'd/Boot'))).toEqual(['BCD', 'bcd.LOG']);
  });

  it('shows a volume without a letter by its device path', async () => {
    await machine.run(
      'bcdedit /store d:\\boot\\bcd /set {default} device partition=\\Device\\HarddiskVolume4',
    );
    expect(await lines('bcdedit /store d:\\boot\\bcd /enum {default}')).toContain(
      'device                  partition=\\Device\\HarddiskVolume4',
    );
  });

  it.each([
    ['boot', 'boot'],
    ['locate', 'locate=custom:12000002'],
    ['locate=custom:22000002', 'locate=custom:22000002'],
    ['ramdisk=[boot]\\Boot\\boot.wim,{ramdiskoptions}', 'ramdisk=[boot]\\Boot\\boot.wim,{ramdiskoptions}'],
    ['ramdisk=[d:]\\boot.wim,{ramdiskoptions}', 'ramdisk=[D:]\\boot.wim,{ramdiskoptions}'],
    ['file=[e:]\\disk.img', 'file=[E:]\\disk.img'],
  ])('takes the device %s', async (typed, shown) => {
    expect((await machine.run(`bcdedit /store d:\\boot\\bcd /set {default} device ${typed}`)).errors).toBe(
      '',
    );
    expect(await lines('bcdedit /store d:\\boot\\bcd /enum {default}')).toContain(
      `device                  ${shown}`,
    );
  });

  it('keeps the rest of the store when one element changes', async () => {
    const before = installedStore();
    await machine.run('bcdedit /store d:\\boot\\bcd /set {default} nx AlwaysOn');
    const after = await machine.store('d/Boot/BCD');
    for (const object of before.objects()) {
      const expected = object
        .elements()
        .map((element) =>
          object.id === loader && element.code === OS_LOADER_ELEMENTS.nx
            ? { ...element, value: { kind: 'integer', value: 3n } }
            : element,
        );
      expect(after.object(object.id)?.elements()).toEqual(expected);
    }
    expect(after.objects()).toHaveLength(before.objects().length);
  });
});

describe('what bcdedit refuses', () => {
  const help = 'Run "bcdedit /?" for command line assistance.';
  const d = '/store d:\\boot\\bcd';
  const element = [
    'The element data type specified is not recognized, or does not apply to the specified entry.',
    help,
    'Element not found.',
  ];
  const noEntry = [
    'An error occurred while attempting to reference the specified entry.',
    'The system cannot find the file specified.',
  ];
  const device = ['The specified device is invalid.', help, 'The parameter is incorrect.'];
  const unsupported = ['An error occurred setting the element data.', 'The request is not supported.'];
  const noStore = 'The boot configuration data store could not be opened.';

  it.each<[command: string, lines: readonly string[]]>([
    // Seen on real Windows:
    ['/store d:\\boot\\none', [noStore, 'The system cannot find the file specified.']],
    ['', [noStore, 'The requested system device cannot be found.']],
    [`${d} /enum default`, ['The specified entry type is invalid.', help, 'The parameter is incorrect.']],
    [`${d} /set default device partition=c:`, element],
    [`${d} /set {bootmgr} osdevice partition=c:`, element],
    [
      `${d} /deletevalue {default} safeboot`,
      ['An error occurred while attempting to delete the specified data element.', 'Element not found.'],
    ],
    [`${d} /set {default} device partition=x:`, unsupported],
    [`${d} /set {default} device d:`, device],
    [`${d} /set {default}`, ['The set command specified is not valid.', help]],
    [
      `${d} /export X:\\bcd`,
      ['The store export operation has failed.', 'The system cannot find the drive specified.'],
    ],
    [
      `${d} /delete {75765724-1d6f-11df-a5b0-834ac72df2d6} /f`,
      [
        'An error occurred while attempting to delete the specified entry.',
        'The system cannot find the file specified.',
      ],
    ],
    // Probable:
    [`${d} /set {ntldr} device partition=c:`, noEntry],
    // Our choice:
    [`${d} /set {current} device partition=c:`, noEntry],
    [`${d} /set {default} device partition=g:`, unsupported],
    [`${d} /set {default} device partition=`, device],
    [`${d} /frobnicate`, ['Invalid command line switch: /frobnicate', help, 'The parameter is incorrect.']],
    [
      `${d} /set {default} nx maybe`,
      ['The data specified for the element is invalid.', help, 'The parameter is incorrect.'],
    ],
    [`${d} /delete {memdiag}`, ['A well-known entry cannot be deleted without the /f option.', help]],
    [`${d} /create {memdiag}`, ['The specified entry already exists.']],
    [`${d} /deletevalue {default}`, ['The deletevalue command specified is not valid.', help]],
    [`${d} /timeout soon`, ['The timeout command specified is not valid.', help]],
  ])('bcdedit %s', async (command, expected) => {
    const before = (await machine.store('d/Boot/BCD')).serialize();
    expect(await machine.run(`bcdedit ${command}`)).toEqual({
      exitCode: 1,
      output: '',
      errors: `${expected.join('\r\n')}\r\n`,
    });
    expect((await machine.store('d/Boot/BCD')).serialize()).toEqual(before);
  });

  it('the missing {memdiag}: a chain stops there, and what was done before stays', async () => {
    await machine.put('d/Boot/BCD', installedStore(false));
    const { exitCode, output } = await machine.run(
      `bcdedit ${d} /set {default} device partition=e: && bcdedit ${d} /set {memdiag} device partition=d: && echo never`,
    );
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: done });
    expect((await lines(`bcdedit ${d} /enum {default}`))[4]).toBe('device                  partition=E:');
  });

  it('a file that is no store', async () => {
    await machine.put('d/Boot/BCD', new Uint8Array(8192));
    expect((await machine.run(`bcdedit ${d}`)).errors).toBe(
      `${noStore}\r\nThe configuration registry database is corrupt.\r\n`,
    );
  });
});

describe.skipIf(spawnSync('hivexregedit', ['--help']).error)('hivex, as a witness', () => {
  it('reads the bytes of a repaired device element', async () => {
    await machine.run('bcdedit /store d:\\boot\\bcd /set {default} device partition=e:');
    const key = `\\Objects\\${loader}\\Elements\\11000001`;
    const text = execFileSync('hivexregedit', ['--export', join(machine.folder, 'd/Boot/BCD'), key], {
      encoding: 'utf8',
    });
    const bytes = /"Element"=hex\(3\):([0-9a-f,\\\s]+)/.exec(text)?.[1]?.replace(/[^0-9a-f]/g, '');
    // Partition device: type 6, offset 101 MiB at 0x20, MBR style at 0x34, signature 5eed0001 at 0x38.
    expect(bytes).toBe(
      [
        '00000000000000000000000000000000',
        '06000000000000004800000000000000',
        '00005006000000000000000000000000',
        '00000000010000000100ed5e00000000',
        '00000000000000000000000000000000',
        '0000000000000000',
      ].join(''),
    );
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BOOT_MANAGER_ELEMENTS as BOOT, createInstalledStore } from '../../../disk/bcd';
import { customerSignature, MiB, RescueMachine } from '../testing/rescue-machine';

const done = 'The operation completed successfully.\r\n';
const d = 'bcdedit /store d:\\boot\\bcd';
const help = 'Run "bcdedit /?" for command line assistance.\r\n';
let machine: RescueMachine;

beforeEach(async () => {
  machine = await RescueMachine.start();
  const at = (offset: number) =>
    ({ kind: 'partition', style: 'mbr', signature: customerSignature, offsetBytes: offset * MiB }) as const;
  await machine.put(
    'd/Boot/BCD',
    createInstalledStore({ systemPartition: at(1), windowsPartition: at(101) }),
  );
});
afterEach(() => machine[Symbol.asyncDispose]());

const store = () => machine.store('d/Boot/BCD');
const run = async (command: string) => {
  const { output, errors } = await machine.run(`${d} ${command}`);
  return output + errors;
};
const fields = async (entry: string) =>
  (await run(`/enum ${entry}`))
    .split('\r\n')
    .slice(3)
    .filter((line) => line !== '');
const idIn = (text: string) => /\{[0-9a-f-]{36}\}/.exec(text)?.[0] ?? '';

describe('a virtual disk as a device', () => {
  it('is shown as real Windows shows it', async () => {
    expect(await run('/set {default} device vhd=[E:]\\Multiboot\\Stream.vhdx')).toBe(done);
    expect(await run('/set {default} osdevice vhd=[boot]\\Stream.vhdx')).toBe(done);
    expect(await run('/set {memdiag} device vhd=[D:]\\x.vhd,locate=custom:22000002')).toBe(done);
    // `device  vhd=[C:]\...,locate=custom:12000002`, `osdevice  ...,locate=custom:22000002`: seen on real Windows 8 and 11.
    const lines = await fields('{default}');
    expect(lines).toContain(
      'device                  vhd=[E:]\\Multiboot\\Stream.vhdx,locate=custom:12000002',
    );
    expect(lines).toContain('osdevice                vhd=[boot]\\Stream.vhdx,locate=custom:22000002');
    expect(await fields('{memdiag}')).toContain(
      'device                  vhd=[D:]\\x.vhd,locate=custom:22000002',
    );
  });

  it('on a partition that is gone is unknown', async () => {
    await run('/set {default} device vhd=[D:]\\x.vhd');
    await machine.host.setSignature(1, 0x77777777);
    expect(await fields('{default}')).toContain(
      'device                  vhd=[unknown]\\x.vhd,locate=custom:12000002',
    );
  });
});

describe('/create', () => {
  it.each([
    ['/d "Boot program" /application bootapp', 0x1020000a],
    ['/d Sector /application BOOTSECTOR', 0x10400008],
    ['/application startup', 0x10400009],
    ['/application resume', 0x10200004],
    ['/inherit', 0x20100000],
    ['/inherit osloader', 0x20200003],
    ['/inherit MEMDIAG', 0x20200005],
    ['/inherit device', 0x20300000],
    ['/device', 0x30000000],
    ['{11111111-2222-3333-4444-555555555555} /d x /application osloader', 0x10200003],
  ])('%s', async (words, type) => {
    const text = await run(`/create ${words}`);
    expect(text).toBe(`The entry ${idIn(text)} was successfully created.\r\n`);
    expect((await store()).object(idIn(text))?.type).toBe(type);
  });

  it.each(['', '/application toaster', '{ntldr} /application osloader'])('refuses %s', async (words) => {
    expect(await run(`/create ${words}`)).toBe(`The create command specified is not valid.\r\n${help}`);
  });
});

describe('entries', () => {
  it('are mirrored and copied; a copy joins the menu where its original stands in it', async () => {
    const mirror = idIn(await run('/mirror {default}'));
    const before = await store();
    expect(before.object(mirror)?.elements()).toEqual(before.object('{default}')?.elements());
    const loose = idIn(await run(`/copy ${mirror} /d "Not in the menu"`));
    const listed = idIn(await run('/copy {default} /d "In the menu"'));
    const after = await store();
    expect(after.bootManager?.getObjects(BOOT.displayorder)).toEqual([after.defaultId, listed]);
    expect(after.object(loose)).toBeDefined();
  });

  it('are deleted with what refers to them, and with their resume entry', async () => {
    const before = await store();
    const { defaultId = '' } = before;
    const resume = before.object(defaultId)?.getObject(0x23000003) ?? '';
    const second = idIn(await run('/copy {default} /d Second'));
    await run(`/delete ${second}`);
    expect((await store()).object(resume)).toBeDefined();
    expect(await run(`/delete ${defaultId} /cleanup`)).toBe(done);
    const after = await store();
    for (const gone of [after.object(defaultId), after.object(resume), after.defaultId]) {
      expect(gone).toBeUndefined();
    }
    expect(after.bootManager?.getObjects(BOOT.displayorder)).toBeUndefined();
    expect(after.bootManager?.getObject(BOOT.resumeobject)).toBeUndefined();
  });

  it('leave their references behind with /nocleanup', async () => {
    const { defaultId = '' } = await store();
    await run(`/delete ${defaultId} /nocleanup`);
    const after = await store();
    expect(after.object(defaultId)).toBeUndefined();
    expect(after.defaultId).toBe(defaultId);
    // Seen on real Windows for an entry that is not there.
    expect(await run(`/enum ${defaultId}`)).toBe('There are no matching objects or the store is empty.\r\n');
  });
});

describe('/set', () => {
  it('takes every kind of value, by name and by code', async () => {
    for (const [words, shown] of [
      ['description "A name"', 'description             A name'],
      ['recoverysequence {memdiag}', 'recoverysequence        {memdiag}'],
      ['nx AlwaysOff', 'nx                      AlwaysOff'],
      ['truncatememory 0x40000000', 'truncatememory          0x40000000'],
      ['sos on', 'sos                     Yes'],
      ['custom:26000090 true', 'bootlog                 Yes'],
      ['custom:0x46000010 1', 'custom:46000010         Yes'],
      ['custom:48000001 00ff10', 'custom:48000001         00ff10'],
      ['tscsyncpolicy enhanced', 'tscsyncpolicy           Enhanced'],
      ['disabledynamictick yes', 'disabledynamictick      Yes'],
      // The first two as in listings of Windows 8.1 and 10; the names of the others are published, their words too.
      ['flightsigning on', 'flightsigning           Yes'],
      ['integrityservices enable', 'integrityservices       Enable'],
      ['onetimeadvancedoptions on', 'onetimeadvancedoptions  Yes'],
      ['disableelamdrivers yes', 'disableelamdrivers      Yes'],
      ['hypervisorschedulertype 2', 'hypervisorschedulertype 2'],
      ['pciexpress forcedisable', 'pciexpress              ForceDisable'],
      ['custom:25000142 1', 'vsmlaunchtype           Auto'],
    ] as const) {
      expect(await run(`/set {default} ${words}`)).toBe(done);
      expect(await fields('{default}')).toContain(shown);
    }
  });

  it('changes lists of entries and of numbers at either end', async () => {
    await run('/set {badmemory} badmemorylist 0x10 0x20');
    await run('/set {badmemory} badmemorylist 0x8 /addfirst');
    await run('/set {badmemory} badmemorylist 0x30 /addlast');
    await run('/set {badmemory} badmemorylist 0x10 /remove');
    expect(await fields('{badmemory}')).toEqual([
      'identifier              {badmemory}',
      'badmemorylist           0x8',
      '                        0x20',
      '                        0x30',
    ]);
    await run('/set {globalsettings} inherit {badmemory} /remove');
    await run('/set {globalsettings} inherit {badmemory} /addfirst');
    expect((await fields('{globalsettings}'))[1]).toBe('inherit                 {badmemory}');
    await run('/set {globalsettings} inherit {badmemory} {dbgsettings} {emssettings} /remove');
    expect(await fields('{globalsettings}')).toHaveLength(1);
  });
});

describe('switches', () => {
  it.each([
    ['/bootdebug {bootmgr} on', '{bootmgr}', 'bootdebug               Yes'],
    ['/bootems {memdiag} ON', '{memdiag}', 'bootems                 Yes'],
    ['/debug off', '{default}', 'debug                   No'],
    ['/ems {default} ON', '{default}', 'ems                     Yes'],
  ])('%s', async (command, entry, line) => {
    expect(await run(command)).toBe(done);
    expect(await fields(entry)).toContain(line);
  });

  it.each(['/bootems on', '/debug', '/ems {default} maybe'])('refuses %s', async (command) => {
    const name = command.slice(1).split(' ')[0];
    expect(await run(command)).toBe(`The ${name} command specified is not valid.\r\n${help}`);
  });
});

describe('settings for all entries', () => {
  it('are shown, without a change of the store', async () => {
    const before = (await store()).serialize();
    expect(await run('/dbgsettings')).toBe(
      `debugtype               Serial\r\ndebugport               1\r\nbaudrate                115200\r\n${done}`,
    );
    expect((await store()).serialize()).toEqual(before);
  });

  it('replace those of another transport', async () => {
    expect(await run('/dbgsettings 1394 CHANNEL:32 /start AUTOENABLE /noumex')).toBe(done);
    expect((await fields('{dbgsettings}')).slice(1)).toEqual([
      'debugtype               1394',
      'channel                 32',
      'debugstart              AutoEnable',
      'noumex                  Yes',
    ]);
    expect(await run('/dbgsettings NET hostip:192.168.1.2 port:50000 key:a.b.c.d nodhcp')).toBe(
      `Key=a.b.c.d\r\n${done}`,
    );
    expect((await fields('{dbgsettings}')).slice(1)).toEqual([
      'key                     a.b.c.d',
      'debugtype               Net',
      'hostip                  192.168.1.2',
      'port                    50000',
      'dhcp                    No',
    ]);
    expect(await run('/dbgsettings NET HOSTIP:10.0.0.1 PORT:50001 newkey')).toMatch(
      /^Key=([0-9a-z]{12}\.){3}[0-9a-z]{12}\r\n/,
    );
  });

  it('of emergency services have a default rate, or come from the BIOS', async () => {
    expect(await run('/emssettings EMSPORT:2')).toBe(done);
    expect(await fields('{emssettings}')).toEqual([
      'identifier              {emssettings}',
      'emsport                 2',
      'emsbaudrate             9600',
      'bootems                 Yes',
    ]);
    await run('/emssettings BIOS');
    expect(await fields('{emssettings}')).toHaveLength(2);
  });

  it('of the hypervisor', async () => {
    expect(await run('/hypervisorsettings NET HOSTIP:192.168.1.2 PORT:50000')).toBe(done);
    expect((await run('/hypervisorsettings')).split('\r\n').slice(0, 3)).toEqual([
      'hypervisordebugtype     Net',
      'hypervisorhostip        192.168.1.2',
      'hypervisorhostport      50000',
    ]);
  });

  it.each(['/dbgsettings FAX', '/dbgsettings SERIAL CHANNEL:1', '/dbgsettings NET PORT:1', '/emssettings x'])(
    'refuse %s',
    async (command) => {
      const before = (await store()).serialize();
      expect(await run(command)).toContain('command specified is not valid.');
      expect((await store()).serialize()).toEqual(before);
    },
  );
});

describe('help', () => {
  it.each(['create', '/set', 'FORMATS', 'ID', '/store', '/dbgsettings', '/mirror'])(
    '/? %s',
    async (topic) => {
      const { exitCode, output } = await machine.run(`bcdedit /? ${topic}`);
      expect(exitCode).toBe(0);
      expect(output.split('\r\n').length).toBeGreaterThan(2);
    },
  );

  it('knows every command that there is', async () => {
    const { output } = await machine.run('bcdedit /?');
    for (const command of output.match(/\/[a-z]{2,}/g) ?? []) {
      if (command === '/command') continue;
      expect((await machine.run(`bcdedit /? ${command}`)).exitCode).toBe(0);
    }
    expect((await machine.run('bcdedit /? /frobnicate')).exitCode).toBe(1);
  });
});

it.each([
  ['/event on', 'The event command is not part of this system.\r\nThe request is not supported.\r\n'],
  [
    '/set {default} device vhd=[locate]\\x.vhd',
    'An error occurred setting the element data.\r\nThe request is not supported.\r\n',
  ],
])('%s says that it is absent', async (command, text) => {
  expect(await run(command)).toBe(text);
});

it('/sysstore is for EFI systems', async () => {
  expect((await machine.run('bcdedit /sysstore D:')).errors).toContain('works on EFI systems only.');
  await machine.put('d/EFI/Microsoft/Boot/BCD', await store());
  expect((await machine.run('bcdedit /sysstore D:')).output).toBe(done);
  expect((await machine.run('bcdedit /sysstore X:')).errors).toContain('The specified device is invalid.');
});

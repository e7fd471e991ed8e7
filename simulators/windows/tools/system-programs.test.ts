import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHive } from '../../disk/regf';
import { ShellRig } from '../shell/testing/shell-rig';
import { type NetworkAdapter, systemPrograms } from '.';
import { parseProcessors } from './machine-facts';

const adapter: NetworkAdapter = {
  name: 'Ethernet',
  description: 'Red Hat VirtIO Ethernet Adapter',
  mac: '52-54-00-12-34-56',
  connected: true,
  ipv6LinkLocal: 'fe80::1%2',
  ipv4: '10.0.2.15',
  mask: '255.255.255.0',
  gateway: '10.0.2.2',
  dnsServers: [],
};
const machine = {
  manufacturer: 'QEMU',
  model: 'Standard PC (i440FX + PIIX, 1996)',
  bios: 'SeaBIOS 1.16.2-debian-1.16.2-1, 4/1/2014',
  processors: ['Intel64 Family 6 Model 6 Stepping 3 GenuineIntel ~2400 Mhz'],
  totalMemory: 2048 * 2 ** 20,
  freeMemory: 1000 * 2 ** 20,
  bootTime: new Date(2026, 10, 21, 15, 53, 59),
};
let rig: ShellRig;
beforeEach(async () => {
  rig = await ShellRig.create(
    systemPrograms(
      async () => [adapter],
      async () => machine,
    ),
  );
});
afterEach(() => rig[Symbol.asyncDispose]());

describe('systeminfo', () => {
  it('takes its facts from the hives of the running system and from the machine', async () => {
    const software = createHive('SOFTWARE');
    const current = software.createKey('Microsoft\\Windows NT\\CurrentVersion');
    current.setString('ProductName', 'Windows Server 2022 Datacenter');
    current.setString('RegisteredOwner', 'Windows User');
    current.setDword('InstallDate', new Date(2026, 0, 2, 3, 4, 5).getTime() / 1000);
    await mkdir(rig.real('C:\\Windows\\System32\\config'), { recursive: true });
    await writeFile(rig.real('C:\\Windows\\System32\\config\\SOFTWARE'), software.serialize());
    const lines = (await rig.output('systeminfo')).split('\r\n');
    // Layout: general knowledge of real Windows.
    expect(lines.slice(0, 12)).toEqual([
      '',
      'Host Name:                 WINRESCUEOVH',
      'OS Name:                   Microsoft Windows Server 2022 Datacenter',
      'OS Version:                10.0.17763 N/A Build 17763',
      'OS Manufacturer:           Microsoft Corporation',
      'OS Configuration:          Standalone Server',
      'OS Build Type:             Multiprocessor Free',
      'Registered Owner:          Windows User',
      'Registered Organization:   ',
      'Product ID:                N/A',
      'Original Install Date:     1/2/2026, 3:04:05 AM',
      'System Boot Time:          11/21/2026, 3:53:59 PM',
    ]);
    expect(lines).toContain(
      '                           [01]: Intel64 Family 6 Model 6 Stepping 3 GenuineIntel ~2400 Mhz',
    );
    expect(lines).toContain('Total Physical Memory:     2,048 MB');
    expect(lines.slice(-8)).toEqual([
      'Network Card(s):           1 NIC(s) Installed.',
      '                           [01]: Red Hat VirtIO Ethernet Adapter',
      '                                 Connection Name: Ethernet',
      '                                 DHCP Enabled:    Yes',
      '                                 IP address(es)',
      '                                 [01]: 10.0.2.15',
      '                                 [02]: fe80::1',
      '',
    ]);
  });

  it('stays readable where there are no hives', async () => {
    expect(await rig.output('systeminfo | find "Owner"')).toBe('Registered Owner:          N/A\r\n');
    expect((await rig.run('systeminfo /s other')).exitCode).toBe(1);
  });

  it('counts sockets, not threads', () => {
    const thread = (id: number): string =>
      `processor\t: ${id}\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 1\nstepping\t: 1\ncpu MHz\t\t: 2449.998\nphysical id\t: 0\n`;
    expect(parseProcessors(`${thread(0)}\n${thread(1)}\n`)).toEqual([
      'AMD64 Family 25 Model 1 Stepping 1 AuthenticAMD ~2450 Mhz',
    ]);
    expect(parseProcessors('')).toEqual([]);
  });
});

describe('tasklist', () => {
  it('lists and filters', async () => {
    const lines = (await rig.output('tasklist')).split('\r\n');
    expect(lines.slice(0, 4)).toEqual([
      '',
      'Image Name                     PID Session Name        Session#    Mem Usage',
      '========================= ======== ================ =========== ============',
      'System Idle Process              0 Services                   0          8 K',
    ]);
    expect(await rig.output('tasklist /fi "IMAGENAME eq sshd.exe" /fo csv /nh')).toBe(
      '"sshd.exe","1504","Services","0","7,080 K"\r\n',
    );
    expect(await rig.output('tasklist /svc /fi "services eq TermService" /nh')).toBe(
      `\r\nsvchost.exe                    912 ${'TermService'.padEnd(44)}\r\n`,
    );
    expect(await rig.output('tasklist /fi "PID gt 9999"')).toBe(
      'INFO: No tasks are running which match the specified criteria.\r\n',
    );
    expect((await rig.run('tasklist /fi "USERNAME eq x"')).exitCode).toBe(1);
  });
});

describe('whoami', () => {
  it('lists groups and privileges, and refuses what it cannot know', async () => {
    expect(await rig.output('whoami /groups')).toContain('\r\nBUILTIN\\Administrators               Alias ');
    expect(await rig.output('whoami /priv')).toContain('SeShutdownPrivilege');
    expect((await rig.run('whoami /user')).exitCode).toBe(1);
    expect((await rig.run('whoami /x')).errors).toContain("Invalid argument/option - '/x'");
  });
});

describe('ipconfig', () => {
  it('answers its switches', async () => {
    expect(await rig.output('ipconfig /flushdns')).toBe(
      '\r\nWindows IP Configuration\r\n\r\nSuccessfully flushed the DNS Resolver Cache.\r\n',
    );
    expect(await rig.output('ipconfig /renew')).toBe(await rig.output('ipconfig'));
    expect((await rig.run('ipconfig /release')).exitCode).toBe(1);
    expect((await rig.run('ipconfig /huh')).exitCode).toBe(1);
  });
});

describe('shutdown', () => {
  it('takes reasons and comments, and finds nothing to abort', async () => {
    expect((await rig.run('shutdown /r /t 5 /c "for the test" /d p:2:4')).exitCode).toBe(0);
    expect(rig.host.log).toEqual(['restart']);
    expect(await rig.run('shutdown /a')).toEqual({
      exitCode: 1116,
      output: '',
      errors: 'Unable to abort the system shutdown because no shutdown was in progress.(1116)\r\n',
    });
    expect((await rig.run('shutdown /l')).exitCode).toBe(1);
  });
});

describe('what is absent on purpose', () => {
  it.each([
    [
      'powershell -Command x',
      'This stand-in does not have powershell. Use the commands of this prompt; "help" lists them.',
    ],
    ['regedit.exe', 'This stand-in does not have regedit. Use "reg".'],
    ['C:\\Windows\\System32\\mstsc.exe', 'This stand-in does not have mstsc.'],
    ['diskmgmt.msc', 'This stand-in does not have diskmgmt. Use "diskpart".'],
  ])('%s', async (command, sentence) => {
    await rig.put({ 'C:\\Windows\\System32\\x': '' });
    const { errors, output } = await rig.run(`${command} & call echo %^ERRORLEVEL%`);
    expect(errors).toBe(`${sentence}\r\n`);
    expect(output).toBe('9009\r\n');
  });
});

describe('where', () => {
  it('shows tools in System32 and files of the path', async () => {
    await rig.put({ 'D:\\tools\\mine.bat': '' });
    expect(await rig.output('set PATH=%PATH%;D:\\tools& where xcopy mine')).toBe(
      'C:\\Windows\\System32\\xcopy.exe\r\nD:\\tools\\mine.bat\r\n',
    );
    expect((await rig.run('where nothing')).exitCode).toBe(1);
  });
});

describe('/?', () => {
  it.each(['attrib', 'xcopy', 'robocopy', 'findstr', 'shutdown', 'ipconfig', 'tasklist'])(
    'of %s tells its form',
    async (name) => {
      const { output, exitCode } = await rig.run(`${name} /?`);
      expect(output).toMatch(new RegExp(`^[A-Z].*\\.\\r\\n\\r\\n${name.toUpperCase()} `));
      expect(exitCode).toBe(0);
      expect(rig.host.log).toEqual([]);
    },
  );
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryHost } from '../shell/testing/memory-host';
import { runCommand, runTyped } from '../shell/testing/run';
import { WindowsHostError } from '../windows-host';
import { type NetworkAdapter, systemPrograms } from '.';

const adapter: NetworkAdapter = {
  name: 'Ethernet',
  description: 'Red Hat VirtIO Ethernet Adapter',
  mac: '52-54-00-12-34-56',
  connected: true,
  ipv6LinkLocal: 'fe80::5054:ff:fe12:3456%2',
  ipv4: '10.0.2.15',
  mask: '255.255.255.0',
  gateway: '10.0.2.2',
  dnsServers: ['10.0.2.3', '10.0.2.5'],
};
const programs = systemPrograms(async () => [adapter]);
let root: string;
let host: MemoryHost;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'programs-'));
  host = new MemoryHost([{ volumes: [{ letter: 'C', mountPoint: root }] }]);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const run = (command: string) => runCommand({ host, programs }, command);

describe('names', () => {
  it('are told by hostname and whoami', async () => {
    expect((await run('hostname & whoami')).output).toBe('WINRESCUEOVH\r\nwinrescueovh\\administrator\r\n');
  });
});

describe('programs that the guide of the rescue system calls not installed', () => {
  // CrystalDiskInfo, 7-Zip and FileZilla.
  it.each(['DiskInfo64', '7z', 'filezilla'])('%s is an unknown command', async (name) => {
    expect(await run(name)).toEqual({
      exitCode: 1,
      output: '',
      errors: `'${name}' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n`,
    });
  });
});

describe('shutdown', () => {
  it('restarts or stops the machine', async () => {
    expect((await run('shutdown /r /t 0')).exitCode).toBe(0);
    expect((await run('shutdown -s -f -t 30')).exitCode).toBe(0);
    expect(host.log).toEqual(['restart', 'shutdown']);
  });

  it('says why a machine cannot go down', async () => {
    vi.spyOn(host, 'restart').mockRejectedValue(new WindowsHostError('not-supported', 'Nothing runs here.'));
    expect(await run('shutdown /r')).toEqual({ exitCode: 1, output: '', errors: 'Nothing runs here.\r\n' });
  });

  it.each(['shutdown', 'shutdown /r /s', 'shutdown /t /r', 'shutdown /x', 'shutdown /r 5'])(
    'refuses %s',
    async (command) => {
      expect(await run(command)).toEqual({
        exitCode: 87,
        output: '',
        errors: 'The parameter is incorrect.(87)\r\n',
      });
      expect(host.log).toEqual([]);
    },
  );
});

describe('ipconfig', () => {
  it('lists the cards with the dots of the real one', async () => {
    // Layout: general knowledge of real Windows.
    expect((await run('ipconfig')).output.split('\r\n')).toEqual([
      '',
      'Windows IP Configuration',
      '',
      '',
      'Ethernet adapter Ethernet:',
      '',
      '   Connection-specific DNS Suffix  . : ',
      '   Link-local IPv6 Address . . . . . : fe80::5054:ff:fe12:3456%2',
      '   IPv4 Address. . . . . . . . . . . : 10.0.2.15',
      '   Subnet Mask . . . . . . . . . . . : 255.255.255.0',
      '   Default Gateway . . . . . . . . . : 10.0.2.2',
      '',
    ]);
    const all = (await run('ipconfig /all')).output;
    expect(all).toContain('   Host Name . . . . . . . . . . . . : WINRESCUEOVH\r\n');
    expect(all).toContain('   Physical Address. . . . . . . . . : 52-54-00-12-34-56\r\n');
    expect(all).toContain(
      '   DNS Servers . . . . . . . . . . . : 10.0.2.3\r\n                                       10.0.2.5\r\n',
    );
  });
});

describe('find and findstr', () => {
  beforeEach(() =>
    writeFile(join(root, 'list.txt'), 'device  partition=C:\r\nosdevice partition=D:\r\nnx OptOut\r\n'),
  );

  it.each([
    ['find "partition=D:" C:\\list.txt', '\r\n---------- C:\\LIST.TXT\r\nosdevice partition=D:\r\n', 0],
    ['type C:\\list.txt | find "device"', 'device  partition=C:\r\nosdevice partition=D:\r\n', 0],
    ['type C:\\list.txt | find /c "device"', '2\r\n', 0],
    ['type C:\\list.txt | find /v /n "device"', '[3]nx OptOut\r\n', 0],
    ['type C:\\list.txt | find "OPTOUT"', '', 1],
    ['type C:\\list.txt | find /i "OPTOUT"', 'nx OptOut\r\n', 0],
    ['type C:\\list.txt | findstr /i "OPTOUT D:"', 'osdevice partition=D:\r\nnx OptOut\r\n', 0],
    ['type C:\\list.txt | findstr /b device', 'device  partition=C:\r\n', 0],
    ['type C:\\list.txt | findstr "^os.*D:$"', 'osdevice partition=D:\r\n', 0],
    ['findstr /n /c:"nx Opt" C:\\list.txt', '3:nx OptOut\r\n', 0],
    ['findstr /l "." C:\\list.txt', '', 1],
    ['findstr /m nx C:\\list.txt', 'C:\\list.txt\r\n', 0],
  ])('%s', async (command, output, exitCode) => {
    expect(await run(command)).toEqual({ exitCode, output, errors: '' });
  });

  it('tell a bad command line', async () => {
    expect((await run('find')).exitCode).toBe(2);
    expect((await run('findstr')).errors).toBe('FINDSTR: Bad command line\r\n');
  });
});

describe('more', () => {
  beforeEach(() => writeFile(join(root, 'long.txt'), '1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n'));

  it('passes text on where there is no terminal', async () => {
    expect((await run('type C:\\long.txt | more')).output).toBe('1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n');
  });

  it('stops at each page of a terminal: Enter for a line, Space for a page, Q to end', async () => {
    const typed = 'type C:\\long.txt | more\r\r qexit\r';
    const { output } = await runTyped({ host, programs, remote: false }, typed, { columns: 80, rows: 3 });
    const stop = '-- More  -- \r\u001b[K';
    expect(output).toContain(`1\r\n2\r\n${stop}3\r\n${stop}4\r\n5\r\n${stop}\r\nC:\\>exit\r\n`);
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SystemMachine } from './testing/system-machine';

const shared = process.env['RESCUE_LAB_SHARED'] ?? path.resolve(__dirname, '../../../../shared');
const hives = path.join(shared, 'samples/hives');
const haveSamples = existsSync(hives) && spawnSync('which', ['xz']).status === 0;
const unpacked = (name: string) =>
  execFileSync('xz', ['-dc', path.join(hives, name)], { maxBuffer: 1 << 28 });

describe.skipIf(!haveSamples)('the SYSTEM hive of a real Windows 7', () => {
  let machine: SystemMachine;
  beforeAll(async () => {
    machine = await SystemMachine.make();
    for (const drive of ['c', 'd'] as const)
      await writeFile(machine.path(drive, 'Windows/System32/config/SYSTEM'), unpacked('SYSTEM.xz'));
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('shows its services, with names where the hive has resource numbers', async () => {
    const { output } = await machine.run('sc query type= all state= all');
    expect(output.match(/^SERVICE_NAME: /gm)?.length).toBeGreaterThan(300);
    expect((await machine.run('sc qc MpsSvc')).output.split('\r\n').slice(2)).toEqual([
      'SERVICE_NAME: MpsSvc',
      '        TYPE               : 20  WIN32_SHARE_PROCESS ',
      '        START_TYPE         : 2   AUTO_START',
      '        ERROR_CONTROL      : 1   NORMAL',
      '        BINARY_PATH_NAME   : C:\\Windows\\system32\\svchost.exe -k LocalServiceNoNetwork',
      '        LOAD_ORDER_GROUP   : NetworkProvider',
      '        TAG                : 0',
      '        DISPLAY_NAME       : Windows Firewall',
      '        DEPENDENCIES       : mpsdrv',
      '                           : bfe',
      '        SERVICE_START_NAME : NT Authority\\LocalService',
      '',
    ]);
    expect((await machine.run('net start')).output).toContain('   DHCP Client\r\n');
  });

  it('shows and switches its firewall rules', async () => {
    const all = (await machine.run('netsh advfirewall firewall show rule name=all verbose')).output;
    expect(all.match(/^Rule Name: /gm)?.length).toBeGreaterThan(300);
    const set = 'netsh advfirewall firewall set rule group="remote desktop" new enable=Yes';
    expect((await machine.run(set)).output).toBe('\r\nUpdated 2 rule(s).\r\nOk.\r\n\r\n');
    const show = 'netsh advfirewall firewall show rule name="Remote Desktop (TCP-In)"';
    const shown = (await machine.run(show)).output;
    expect(shown.match(/Enabled: {30}Yes/g)).toHaveLength(2);
    expect(shown).toContain('Profiles:                             Domain,Private\r\n');
  });

  it('is loaded, searched and exported', async () => {
    await machine.run('reg load HKLM\\OFFLINE D:\\Windows\\System32\\config\\SYSTEM');
    const name =
      'reg query HKLM\\OFFLINE\\ControlSet001\\Control\\ComputerName\\ComputerName /v ComputerName';
    expect((await machine.run(name)).output).toContain('    ComputerName    REG_SZ    WKS-WIN732BITA\r\n');
    const found = await machine.run('reg query HKLM\\OFFLINE\\ControlSet001\\services /s /f SanPolicy /e');
    expect(found.output).toContain(
      '    SanPolicy    REG_DWORD    0x1\r\n\r\nEnd of search: 1 match(es) found.\r\n',
    );
    const key = 'HKLM\\OFFLINE\\ControlSet001\\services\\TermService';
    const before = (await machine.run(`reg query ${key} /s`)).output;
    await machine.run(`reg export ${key} C:\\term.reg & reg delete ${key} /f & reg import C:\\term.reg`);
    expect((await machine.run(`reg query ${key} /s`)).output).toBe(before);
  });
});

import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseHive } from '../../../disk/regf';
import { SystemMachine } from '../testing/system-machine';

let machine: SystemMachine;
beforeEach(async () => {
  machine = await SystemMachine.make();
});
afterEach(() => machine[Symbol.asyncDispose]());

const done = { exitCode: 0, output: 'The operation completed successfully.\r\n', errors: '' };
const failed = (...lines: readonly string[]) => ({
  exitCode: 1,
  output: '',
  errors: lines.map((line) => `${line}\r\n`).join(''),
});
const notFound = failed('ERROR: The system was unable to find the specified registry key or value.');

describe('reg query', () => {
  // Layouts of reg.exe of Windows Vista and later: general knowledge.
  it('shows values with four blanks between, then the subkeys', async () => {
    const version = 'HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion';
    const long = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft';
    expect((await machine.run(`reg query "${version}" /v CurrentBuild`)).output).toBe(
      '\r\nHKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion\r\n' +
        '    CurrentBuild    REG_SZ    7601\r\n\r\n',
    );
    expect((await machine.run('reg query HKLM\\SOFTWARE\\Microsoft')).output).toBe(
      `\r\n${long}\\Windows\r\n${long}\\Windows NT\r\n`,
    );
    expect((await machine.run('reg query HKLM\\SYSTEM\\Select')).output.split('\r\n')).toEqual([
      '',
      'HKEY_LOCAL_MACHINE\\SYSTEM\\Select',
      '    Current    REG_DWORD    0x1',
      '    Default    REG_DWORD    0x1',
      '    Failed    REG_DWORD    0x0',
      '    LastKnownGood    REG_DWORD    0x1',
      '',
      '',
    ]);
  });

  it('follows CurrentControlSet and shows it beside the control sets', async () => {
    expect((await machine.run('reg query HKLM\\SYSTEM')).output).toBe(
      ['', 'ControlSet001', 'MountedDevices', 'Select', 'CurrentControlSet']
        .map((name) => (name === '' ? '\r\n' : `HKEY_LOCAL_MACHINE\\SYSTEM\\${name}\r\n`))
        .join(''),
    );
    const name =
      'reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName /v computername';
    expect((await machine.run(name)).output).toContain('    ComputerName    REG_SZ    WINRESCUEOVH\r\n');
    expect((await machine.run('reg query HKLM')).output).toBe(
      '\r\nHKEY_LOCAL_MACHINE\\SAM\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\r\nHKEY_LOCAL_MACHINE\\SYSTEM\r\n',
    );
  });

  it('searches names, data and keys, and counts', async () => {
    const found = await machine.run('reg query HKLM\\SYSTEM\\CurrentControlSet\\Services /s /f termsrv');
    expect(found).toMatchObject({ exitCode: 1, output: '\r\nEnd of search: 0 match(es) found.\r\n' });
    const { output } = await machine.run('reg query HKLM\\SOFTWARE /s /v ProductName');
    expect(output).toContain('    ProductName    REG_SZ    Windows Server 2008 R2 Standard\r\n');
    expect(output).toContain('\r\nEnd of search: 1 match(es) found.\r\n');
    const keys = await machine.run('reg query HKLM\\SYSTEM\\ControlSet001\\Services /k /f Term*');
    expect(keys.output).toBe(
      '\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Services\\TermService\r\n\r\nEnd of search: 1 match(es) found.\r\n',
    );
    for (const command of ['/f Current /v', '/v /f current /s', '/f current /v /c']) {
      expect(await machine.run(`reg query HKLM\\SYSTEM\\Select ${command}`)).toMatchObject(
        command.endsWith('/c')
          ? { exitCode: 1 }
          : {
              exitCode: 0,
              output:
                '\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\Select\r\n    Current    REG_DWORD    0x1\r\n' +
                '\r\nEnd of search: 1 match(es) found.\r\n',
            },
      );
    }
    expect((await machine.run('reg query HKLM\\SYSTEM\\Select /v')).errors).toContain('Invalid syntax');
    const types = await machine.run('reg query HKLM\\SYSTEM\\Select /t REG_DWORD /f 0x0 /d /e /z');
    expect(types.output).toContain('    Failed    REG_DWORD (4)    0x0\r\n');
  });

  it('tells what it does not find and what it does not understand', async () => {
    expect(await machine.run('reg query HKLM\\SOFTWARE\\None')).toEqual(notFound);
    expect(await machine.run('reg query HKLM\\SYSTEM\\Select /v None')).toEqual(notFound);
    expect((await machine.run('reg query HKLM\\SYSTEM\\MountedDevices /ve')).output).toContain(
      '    (Default)    REG_SZ    (value not set)\r\n',
    );
    const usage = 'Type "REG QUERY /?" for usage.';
    expect(await machine.run('reg query')).toEqual(failed('ERROR: Invalid syntax.', usage));
    expect(await machine.run('reg query HKLM /q')).toEqual(failed('ERROR: Invalid syntax.', usage));
    expect(await machine.run('reg query HKXX\\A')).toEqual(failed('ERROR: Invalid key name.', usage));
    expect((await machine.run('reg frob')).errors).toContain('Type "REG /?" for usage.');
    expect((await machine.run('reg query /?')).output).toContain('REG QUERY KeyName');
  });

  it('says which hive is damaged', async () => {
    await writeFile(machine.path('c', 'Windows/System32/config/SOFTWARE'), 'no hive');
    const { errors } = await machine.run('reg query HKLM\\SOFTWARE');
    expect(errors).toContain(
      'ERROR: The configuration registry database is corrupt.\r\nThis is not a readable',
    );
  });
});

describe('reg add and delete', () => {
  it.each([
    ['/t REG_SZ /d "some text"', 'REG_SZ', 'some text'],
    ['/d x', 'REG_SZ', 'x'],
    ['/t REG_DWORD /d 0x1F', 'REG_DWORD', '0x1f'],
    ['/t reg_dword /d 31', 'REG_DWORD', '0x1f'],
    ['/t REG_DWORD', 'REG_DWORD', '0x0'],
    ['/t REG_QWORD /d 4294967296', 'REG_QWORD', '0x100000000'],
    ['/t REG_BINARY /d fe340ead', 'REG_BINARY', 'FE340EAD'],
    ['/t REG_MULTI_SZ /d a\\0b', 'REG_MULTI_SZ', 'a\\0b'],
    ['/t REG_MULTI_SZ /s , /d "a,b"', 'REG_MULTI_SZ', 'a\\0b'],
    ['/t REG_EXPAND_SZ /d ^%SystemRoot^%\\x', 'REG_EXPAND_SZ', '%SystemRoot%\\x'],
    ['/t REG_NONE', 'REG_NONE', ''],
  ])('writes %s', async (words, type, shown) => {
    expect(await machine.run(`reg add HKLM\\SOFTWARE\\New\\Key /v Name ${words}`)).toEqual(done);
    expect((await machine.run('reg query HKLM\\SOFTWARE\\New\\Key')).output).toBe(
      `\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\New\\Key\r\n    Name    ${type}    ${shown}\r\n\r\n`,
    );
  });

  it('asks before it replaces', async () => {
    const command = 'reg add HKLM\\SYSTEM\\Select /v Default /t REG_DWORD /d 2';
    const question = 'Value Default exists, overwrite(Yes/No)? ';
    const refused = await machine.run(command, 'maybe\r\nno\r\n');
    expect(refused.output).toBe(`${question}${question}The operation was canceled by the user.\r\n`);
    expect((await machine.run(command, 'YES\r\n')).output).toBe(`${question}${done.output}`);
    expect(await machine.run(`${command} /f`)).toEqual(done);
    expect((await machine.hive('SYSTEM')).key('Select')?.getDword('Default')).toBe(2);
  });

  it.each([
    ['HKLM\\SOFTWARE\\A /t REG_DWORD /d x', "ERROR: Invalid syntax. Specify valid numeric value for '/d'."],
    [
      'HKLM\\SOFTWARE\\A /t REG_BINARY /d xy',
      "ERROR: Invalid syntax. Specify valid hexadecimal value for '/d'.",
    ],
    ['HKLM\\SOFTWARE\\A /t REG_ODD', 'ERROR: Invalid syntax.'],
    ['HKLM\\NEW\\A', 'ERROR: The parameter is incorrect.'],
    ['HKLM', 'ERROR: Access is denied.'],
  ])('refuses add %s', async (words, message) => {
    const { exitCode, errors } = await machine.run(`reg add ${words} /f`);
    expect([exitCode, errors.split('\r\n')[0]]).toEqual([1, message]);
  });

  it('deletes values and keys, with a question', async () => {
    await machine.run('reg add HKLM\\SOFTWARE\\Gone /v a /d 1');
    await machine.run('reg add HKLM\\SOFTWARE\\Gone /v b /d 1');
    expect((await machine.run('reg delete HKLM\\SOFTWARE\\Gone /v a', 'y\r\n')).output).toBe(
      `Delete the registry value a (Yes/No)? ${done.output}`,
    );
    expect(await machine.run('reg delete HKLM\\SOFTWARE\\Gone /v a /f')).toEqual(notFound);
    expect(await machine.run('reg delete HKLM\\SOFTWARE\\Gone /va /f')).toEqual(done);
    expect((await machine.hive('SOFTWARE')).key('Gone')?.values()).toEqual([]);
    const question = 'Permanently delete the registry key HKEY_LOCAL_MACHINE\\SOFTWARE\\Gone (Yes/No)? ';
    expect((await machine.run('reg delete HKLM\\SOFTWARE\\Gone', 'yes\r\n')).output).toBe(
      `${question}${done.output}`,
    );
    expect(await machine.run('reg delete HKLM\\SOFTWARE\\Gone /f')).toEqual(notFound);
    for (const key of ['HKLM\\SOFTWARE', 'HKLM', 'HKCU'])
      expect(await machine.run(`reg delete ${key} /f`)).toEqual(failed('ERROR: Access is denied.'));
    expect(await machine.run('reg delete HKLM\\NONE\\Key /f')).toEqual(notFound);
    expect(await machine.run('reg delete HKLM\\SOFTWARE\\None /va /f')).toEqual(notFound);
  });

  it('keeps the user in NTUSER.DAT and classes in SOFTWARE', async () => {
    expect(await machine.run('reg add HKCU\\Console /v QuickEdit /t REG_DWORD /d 1')).toEqual(done);
    expect(await machine.run('reg add HKCR\\.txt /ve /d txtfile')).toEqual(done);
    const user = parseHive(
      new Uint8Array(await readFile(machine.path('c', 'Users/Administrator/NTUSER.DAT'))),
    );
    expect(user.key('Console')?.getDword('QuickEdit')).toBe(1);
    expect((await machine.hive('SOFTWARE')).key('Classes\\.txt')?.getString('')).toBe('txtfile');
    expect((await machine.run('reg query HKCR\\.txt')).output).toBe(
      '\r\nHKEY_CLASSES_ROOT\\.txt\r\n    (Default)    REG_SZ    txtfile\r\n\r\n',
    );
  });
});

describe('hives of other systems', () => {
  const offline = 'D:\\Windows\\System32\\config\\SYSTEM';

  it('are loaded, changed in their file at once, and unloaded', async () => {
    expect(await machine.run(`reg load HKLM\\OFFLINE ${offline}`)).toEqual(done);
    const start = 'HKLM\\OFFLINE\\ControlSet001\\Services\\TermService /v Start';
    expect((await machine.run(`reg query ${start}`)).output).toContain('    Start    REG_DWORD    0x2\r\n');
    expect(await machine.run(`reg add ${start} /t REG_DWORD /d 4 /f`)).toEqual(done);
    const changed = (await machine.hive('SYSTEM', 'd')).key('ControlSet001\\Services\\TermService');
    expect(changed?.getDword('Start')).toBe(4);
    expect((await machine.run('reg query HKLM')).output).toContain('HKEY_LOCAL_MACHINE\\OFFLINE\r\n');
    expect(await machine.run('reg unload HKLM\\offline')).toEqual(done);
    expect(await machine.run('reg query HKLM\\OFFLINE')).toEqual(notFound);
  });

  it('cannot be loaded twice, under a name in use, or from what is no hive', async () => {
    const busy = 'ERROR: The process cannot access the file because it is being used by another process.';
    await machine.run(`reg load HKU\\A ${offline}`);
    expect(await machine.run(`reg load HKLM\\B ${offline}`)).toEqual(failed(busy));
    expect(await machine.run('reg load HKLM\\B C:\\Windows\\System32\\config\\SAM')).toEqual(failed(busy));
    expect(await machine.run('reg load HKLM\\SYSTEM D:\\Windows\\System32\\config\\SAM')).toEqual(
      failed('ERROR: Access is denied.'),
    );
    await writeFile(machine.path('d', 'x.dat'), 'x');
    expect((await machine.run('reg load HKLM\\B D:\\x.dat')).errors).toContain(
      'registry database is corrupt',
    );
    expect(await machine.run('reg load HKLM\\B D:\\none')).toEqual(
      failed('ERROR: The system cannot find the file specified.'),
    );
    expect(await machine.run('reg unload HKLM\\B')).toEqual(failed('ERROR: The parameter is incorrect.'));
    expect(await machine.run('reg unload HKLM\\SYSTEM')).toEqual(failed('ERROR: Access is denied.'));
    expect((await machine.run(`reg load HKCU\\B ${offline}`)).errors).toContain('ERROR: Invalid syntax.');
  });

  it('are forgotten by a new machine', async () => {
    await machine.run(`reg load HKLM\\OFFLINE ${offline}`);
    await using other = await SystemMachine.make();
    expect(await other.run('reg query HKLM\\OFFLINE')).toEqual(notFound);
  });
});

describe('files of reg', () => {
  it('hold a key as a hive, and give it back', async () => {
    expect(await machine.run('reg save HKLM\\SYSTEM\\Select C:\\select.hiv')).toEqual(done);
    expect((await machine.run('reg save HKLM\\SYSTEM\\Select C:\\select.hiv', 'n\r\n')).output).toContain(
      'File C:\\select.hiv already exists. Overwrite (Yes/No)? ',
    );
    expect(await machine.run('reg save HKLM\\SYSTEM\\Select C:\\select.hiv /y')).toEqual(done);
    await machine.run('reg add HKLM\\SYSTEM\\Select /v More /d x');
    expect(await machine.run('reg restore HKLM\\SYSTEM\\Select C:\\select.hiv')).toEqual(done);
    const names = (await machine.hive('SYSTEM'))
      .key('Select')
      ?.values()
      .map(({ name }) => name);
    expect(names).toEqual(['Current', 'Default', 'Failed', 'LastKnownGood']);
  });

  it('copy a key with all below it', async () => {
    expect(
      await machine.run('reg copy HKLM\\SYSTEM\\ControlSet001 HKLM\\SYSTEM\\ControlSet002 /s /f'),
    ).toEqual(done);
    const hive = await machine.hive('SYSTEM');
    expect(hive.key('ControlSet002\\Control\\Lsa\\JD')?.className).toBe(
      hive.key('ControlSet001\\Control\\Lsa\\JD')?.className,
    );
  });

  it('export and import what a hive holds', async () => {
    const key = 'HKLM\\SYSTEM\\ControlSet001\\Services';
    expect(await machine.run(`reg export ${key} C:\\services.reg`)).toEqual(done);
    const before = await machine.hive('SYSTEM');
    await machine.run(`reg delete ${key} /f`);
    expect(await machine.run('reg import C:\\services.reg')).toEqual({
      exitCode: 0,
      output: '',
      errors: 'The operation completed successfully.\r\n',
    });
    const all = async () => (await machine.run(`reg query ${key} /s`)).output;
    const after = await all();
    await writeFile(machine.path('c', 'Windows/System32/config/SYSTEM'), before.serialize());
    expect(after).toBe(await all());
    expect(after.length).toBeGreaterThan(5000);
  });

  it('import deletions and changes, or nothing of a bad file', async () => {
    await copyFile(machine.path('d', 'Windows/System32/config/SOFTWARE'), machine.path('c', 'copy'));
    const script =
      'Windows Registry Editor Version 5.00\r\n\r\n; a comment\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\Select]\r\n' +
      '"Failed"=-\r\n"Default"=dword:00000002\r\n@="x \\"y\\" \\\\z"\r\n"Bytes"=hex:01,\\\r\n  02\r\n\r\n' +
      '[-HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft]\r\n';
    await writeFile(machine.path('c', 'a.reg'), script);
    expect((await machine.run('reg import C:\\a.reg')).exitCode).toBe(0);
    const select = (await machine.hive('SYSTEM')).key('Select')!;
    expect([select.getValue('Failed'), select.getDword('Default'), select.getString('')]).toEqual([
      undefined,
      2,
      'x "y" \\z',
    ]);
    expect([...select.getBinary('Bytes')!]).toEqual([1, 2]);
    expect((await machine.hive('SOFTWARE')).key('Microsoft')).toBeUndefined();
    await writeFile(machine.path('c', 'b.reg'), `${script}"Name"=what\r\n`.replace('[-', '['));
    expect((await machine.run('reg import C:\\b.reg')).errors).toBe(
      'ERROR: Error accessing the registry. Line 12 of the file is no part of a registry script: ' +
        'its data is no text, dword: or hex: row.\r\n',
    );
  });
});

import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Program } from './program';
import { MemoryHost } from './testing/memory-host';
import { runCommand, runTyped } from './testing/run';

let root: string;
let host: MemoryHost;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'shell-'));
  await mkdir(join(root, 'c/Users/Administrator'), { recursive: true });
  await mkdir(join(root, 'c/Windows/System32'), { recursive: true });
  await mkdir(join(root, 'd/Boot'), { recursive: true });
  await writeFile(join(root, 'd/Boot/BCD'), 'store');
  host = new MemoryHost([
    { volumes: [{ letter: 'C', mountPoint: join(root, 'c') }] },
    { volumes: [{ letter: 'D', label: 'System Reserved', mountPoint: join(root, 'd') }, { letter: 'E' }] },
  ]);
});

afterEach(() => rm(root, { recursive: true, force: true }));

const run = (command: string, input?: string) => runCommand({ host }, command, input);
const output = async (command: string) => (await run(command)).output;

describe('an interactive shell', () => {
  it('shows the prompt of OpenSSH for Windows and keeps a blank line before each', async () => {
    const { output: screen, exitCode } = await runTyped({ host }, 'cd\rexit 3\r', { columns: 120, rows: 30 });
    const prompt = 'administrator@WINRESCUEOVH C:\\Users\\Administrator>';
    expect(screen).toBe(
      [
        'Microsoft Windows [Version 10.0.17763]',
        '(c) 2018 Microsoft Corporation. All rights reserved.',
        '',
        `${prompt}cd`,
        'C:\\Users\\Administrator',
        '',
        `${prompt}exit 3`,
        '',
      ].join('\r\n'),
    );
    expect(exitCode).toBe(3);
  });

  it('shows the plain prompt on the console and the copyright of its version', async () => {
    const old = new MemoryHost([{ volumes: [{ letter: 'C', mountPoint: join(root, 'c') }] }], '6.1.7600');
    const { output: screen } = await runTyped({ host: old, remote: false }, '', { columns: 80, rows: 25 });
    expect(screen).toBe(
      'Microsoft Windows [Version 6.1.7600]\r\nCopyright (c) 2009 Microsoft Corporation.  All rights reserved.\r\n' +
        '\r\nC:\\Users\\Administrator>',
    );
  });

  it('goes on after Ctrl-C and after an error', async () => {
    const { output: screen } = await runTyped({ host }, 'ver\u0003nosuch\recho %ERRORLEVEL%\rexit\r', {
      columns: 120,
      rows: 30,
    });
    expect(screen).toContain('>ver^C\r\n\r\nadministrator@');
    expect(screen).toContain('>echo %ERRORLEVEL%\r\n9009\r\n');
  });

  it('echoes lines that come from no terminal', async () => {
    const { output: screen } = await runTyped({ host }, 'echo a\nexit\n');
    expect(screen).toContain('Administrator>echo a\r\na\r\n');
  });
});

describe('a command', () => {
  it('that does not exist is named, with exit code 1', async () => {
    expect(await run('nosuch /x')).toEqual({
      exitCode: 1,
      output: '',
      errors:
        "'nosuch' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
    });
  });

  it('stops a chain of && and starts one of ||', async () => {
    expect((await run('nosuch && echo a')).output).toBe('');
    expect((await run('nosuch || echo b')).output).toBe('b\r\n');
    expect((await run('cd && echo c & echo d')).output).toBe('C:\\Users\\Administrator\r\nc \r\nd\r\n');
  });

  it('finds programs by name, extension and system folder', async () => {
    const seen: (readonly string[])[] = [];
    const program: Program = async ({ args, output: out }) => {
      seen.push(args);
      out.write('ran\r\n');
      return 7;
    };
    const setup = { host, programs: new Map([['tool', program]]) };
    expect((await runCommand(setup, 'TOOL /a "b c"')).exitCode).toBe(7);
    expect((await runCommand(setup, 'tool.exe/x')).exitCode).toBe(7);
    expect((await runCommand(setup, 'C:\\windows\\system32\\Tool.exe')).exitCode).toBe(7);
    expect((await runCommand(setup, '%SystemRoot%\\System32\\tool')).exitCode).toBe(7);
    expect((await runCommand(setup, 'D:\\Boot\\tool')).exitCode).toBe(1);
    expect((await runCommand(setup, 'D:\\No\\tool')).errors).toBe(
      'The system cannot find the path specified.\r\n',
    );
    expect(seen).toEqual([['/a', 'b c'], ['/x'], [], []]);
  });

  it('in a pipe reads what the left side wrote and changes nothing outside', async () => {
    const program: Program = async ({ input, output: out }) => {
      for (let line = await input.readLine(''); line !== undefined; line = await input.readLine(''))
        out.write(`<${line}>`);
      return 4;
    };
    const setup = { host, programs: new Map([['read', program]]) };
    const result = await runCommand(setup, '(echo a& cd \\& echo b) | read & cd');
    expect(result.output).toBe('<a><b>C:\\Users\\Administrator\r\n');
  });

  it('runs in a cmd of its own', async () => {
    expect((await run('cmd /c "cd \\ & cd & exit 5"')).exitCode).toBe(5);
    expect(await output('cmd /c cd \\ & cd')).toBe('C:\\Users\\Administrator\r\n');
  });
});

describe('variables', () => {
  it('are found in any case, and stay as typed when not set', async () => {
    expect(await output('echo %systemdrive% %NoSuch% 100%')).toBe('C: %NoSuch% 100%\r\n');
    expect(await output('cmd /c set "A b=1"')).toBe('');
    expect(await output('set user')).toBe(
      'USERDOMAIN=WINRESCUEOVH\r\nUSERNAME=Administrator\r\nUSERPROFILE=C:\\Users\\Administrator\r\n',
    );
    expect((await run('set nosuch')).errors).toBe('Environment variable nosuch not defined\r\n');
  });

  it('change for the next line', async () => {
    const { output: screen } = await runTyped(
      { host, remote: false },
      'set STORE=D:\\boot\\bcd\necho %store%\n',
    );
    expect(screen).toContain('D:\\boot\\bcd\r\n');
  });
});

describe('drives and folders', () => {
  it('follow letters, and each drive keeps its own folder', async () => {
    expect(await output('cd d:\\boot & cd & D: & cd & C: & cd')).toBe(
      'C:\\Users\\Administrator\r\nD:\\boot\r\nC:\\Users\\Administrator\r\n',
    );
    expect(await output('cd /d D:\\BOOT && cd .. && cd')).toBe('D:\\\r\n');
  });

  it.each([
    ['X:', 'The system cannot find the drive specified.'],
    ['E:', 'The device is not ready.'],
    ['cd nosuch', 'The system cannot find the path specified.'],
    ['cd D:\\Boot\\BCD', 'The directory name is invalid.'],
    ['type D:\\Boot\\x', 'The system cannot find the file specified.'],
    ['type D:\\nosuch\\x', 'The system cannot find the file specified.'],
    ['copy D:\\nosuch\\*.* C:\\', 'The system cannot find the file specified.'],
    ['type "D:\\a<b"', 'The filename, directory name, or volume label syntax is incorrect.'],
  ])('%s: %s', async (command, message) => {
    const result = await run(command);
    expect(result.errors).toBe(`${message}\r\n`);
    expect(result.exitCode).toBe(1);
  });

  it('never lead out of the volume', async () => {
    await writeFile(join(root, 'secret'), 'x');
    await symlink(join(root, 'secret'), join(root, 'd/link'));
    expect((await run('type D:\\link')).errors).toBe('Access is denied.\r\n');
    expect((await run('type D:\\..\\secret')).output).toBe('');
  });
});

describe('files', () => {
  it('are written by redirection and read in any case', async () => {
    await run('echo one> D:\\A.txt & echo two >> d:\\a.TXT');
    expect(await readFile(join(root, 'd/A.txt'), 'utf8')).toBe('one\r\ntwo \r\n');
    expect(await output('type d:\\a.txt')).toBe('one\r\ntwo \r\n');
    expect(await output('nosuch > D:\\e.txt 2>&1 & type D:\\e.txt')).toContain("'nosuch' is not recognized");
  });

  it('are copied, renamed, moved and deleted', async () => {
    expect(await output('copy d:\\boot\\bcd D:\\bcd.old')).toBe('        1 file(s) copied.\r\n');
    expect((await run('copy D:\\boot\\bcd D:\\bcd.old', 'n\n')).output).toBe(
      'Overwrite D:\\bcd.old? (Yes/No/All): ' + '        0 file(s) copied.\r\n',
    );
    expect((await run('ren d:\\BCD.old bcd.bak & move D:\\bcd.bak D:\\Boot')).exitCode).toBe(0);
    expect(await output('dir /b d:\\boot')).toBe('BCD\r\nbcd.bak\r\n');
    expect((await run('del D:\\Boot\\*.bak & dir /b D:\\Boot')).output).toBe('BCD\r\n');
    expect((await run('del D:\\Boot\\none')).errors).toBe('Could Not Find D:\\Boot\\none\r\n');
    expect((await run('del D:\\Boot', 'y\n')).output).toBe('D:\\Boot\\*, Are you sure (Y/N)? ');
    expect((await run('dir /b D:\\Boot')).errors).toBe('File Not Found\r\n');
  });

  it('stand in folders that are made and removed', async () => {
    expect((await run('md D:\\a\\b && md D:\\A\\B')).errors).toBe(
      'A subdirectory or file D:\\A\\B already exists.\r\n',
    );
    expect((await run('rd d:\\a')).errors).toBe('The directory is not empty.\r\n');
    expect((await run('rd /s /q d:\\a && dir /b D:\\')).output).toBe('Boot\r\n');
    expect((await run('rd /s /q D:\\')).errors).toBe('Access is denied.\r\n');
  });

  it('are listed as dir lists them', async () => {
    const listing = await output('dir D:\\Boot');
    const lines = listing.split('\r\n');
    expect(lines[0]).toBe(' Volume in drive D is System Reserved');
    expect(lines[2]).toBe(' Directory of D:\\Boot');
    expect(lines[4]).toMatch(/^\d\d\/\d\d\/\d{4} {2}\d\d:\d\d [AP]M {4}<DIR> {10}\.$/);
    expect(lines[6]).toMatch(/^\d\d\/\d\d\/\d{4} {2}\d\d:\d\d [AP]M {17}5 BCD$/);
    expect(lines[7]).toBe('               1 File(s)              5 bytes');
    expect(lines[8]).toMatch(/^ {15}2 Dir\(s\) {2}[\d, ]{14} bytes free$/);
    expect((await run('dir /z')).errors).toBe('Invalid switch - "z".\r\n');
  });
});

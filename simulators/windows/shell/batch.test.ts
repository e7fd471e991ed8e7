import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemPrograms } from '../tools';
import { runCommand } from './testing/run';
import { ShellRig } from './testing/shell-rig';

let rig: ShellRig;
beforeEach(async () => {
  rig = await ShellRig.create();
});
afterEach(() => rig[Symbol.asyncDispose]());

/** Puts the lines into a file, after `@echo off`, and runs it with the arguments. */
async function script(lines: readonly string[], args = '') {
  await rig.put({ 'D:\\a b\\x.bat': ['@echo off', ...lines, ''].join('\r\n') });
  return rig.run(`"D:\\a b\\x.bat" ${args}`);
}

describe('a batch file', () => {
  it('sees its arguments and its own path', async () => {
    const { output } = await script(
      ['echo %1 %~1 %2 [%3]', 'echo %*', 'echo %~dp0 %~nx0', 'shift', 'echo %1', 'echo 100%% %NOSUCH%.'],
      '"a b" c',
    );
    expect(output.split('\r\n')).toEqual(['"a b" a b c []', '"a b" c', 'D:\\a b\\ x.bat', 'c', '100% .', '']);
  });

  it('jumps, calls parts of itself and returns their codes', async () => {
    const { output, exitCode } = await script([
      'call :part one "two 2"',
      'echo code %errorlevel%',
      'goto end',
      'echo never',
      ':part',
      'echo %0 %1 %~2',
      'exit /b 5',
      ': end of it',
      ':end',
      'exit /b 7',
    ]);
    expect(output).toBe(':part one two 2\r\ncode 5\r\n');
    expect(exitCode).toBe(7);
  });

  it('knows blocks, delayed expansion and setlocal', async () => {
    const { output } = await script([
      'set N=0',
      'setlocal enabledelayedexpansion',
      'for /l %%i in (1,1,3) do (',
      '  set /a N+=%%i',
      '  if !N! geq 3 (',
      '    echo !N! %N%',
      '  ) else (',
      '    echo small',
      '  )',
      ')',
      'endlocal & echo %N%',
      'echo %N%^',
      ' joined',
    ]);
    expect(output.split('\r\n')).toEqual(['small', '3 0', '6 0', '6', '0 joined', '']);
  });

  it('shows its lines with echo on', async () => {
    await rig.put({ 'D:\\x.cmd': 'echo hi\r\n@echo quiet\r\n' });
    expect((await rig.run('D: & x')).output).toBe(
      '\r\nadministrator@WINRESCUEOVH D:\\>echo hi \r\nhi\r\nquiet\r\n',
    );
  });

  it('does not come back to one that started it without call', async () => {
    await rig.put({ 'D:\\inner.bat': '@echo inner %1\r\n' });
    expect((await script(['D:\\inner 1', 'echo never'])).output).toBe('inner 1\r\n');
    expect((await script(['call D:\\inner 2', 'echo back'])).output).toBe('inner 2\r\nback\r\n');
  });

  it('ends at a label that is not there and at a line that is none', async () => {
    expect((await script(['goto nowhere', 'echo never'])).errors).toBe(
      'The system cannot find the batch label specified - nowhere\r\n',
    );
    const wrong = await script(['echo a', 'if x', 'echo never']);
    expect(wrong).toEqual({
      exitCode: 1,
      output: 'a\r\n',
      errors: 'The syntax of the command is incorrect.\r\n',
    });
    expect((await script(['echo a', 'if 1==1 ('])).exitCode).toBe(1);
  });

  it('that calls itself without end is stopped', async () => {
    const { exitCode, errors } = await script([':again', 'call :again']);
    expect(exitCode).toBe(1);
    expect(errors).toBe('Batch recursion exceeds the stack limits; the batch file ends.\r\n');
  });

  it('overwrites without asking, as cmd does there', async () => {
    await rig.put({ 'D:\\1': 'one', 'D:\\2': 'two' });
    expect((await script(['copy D:\\1 D:\\2'])).output).toBe('        1 file(s) copied.\r\n');
    expect(await rig.text('D:\\2')).toBe('one');
  });
});

describe('a program of a disk', () => {
  it('is not run, but one of the tools in its place is', async () => {
    await rig.put({ 'D:\\setup.exe': 'MZ' });
    const { exitCode, errors } = await rig.run('D:\\setup');
    expect(exitCode).toBe(216);
    expect(errors).toContain('D:\\setup.exe is a program of a disk');
    await rig.put({ 'D:\\Windows\\System32\\hostname.exe': 'MZ', 'D:\\sort.bat': '@echo mine\r\n' });
    const programs = systemPrograms(async () => []);
    const setup = { host: rig.host, programs };
    expect((await runCommand(setup, 'D:\\Windows\\System32\\hostname')).output).toBe('WINRESCUEOVH\r\n');
    expect((await runCommand(setup, 'D: & sort')).output).toBe('mine\r\n');
  });
});

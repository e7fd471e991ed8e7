import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ByteQueue } from './byte-queue';
import { createShell } from './create-shell';
import { mountedFiles } from './mounted-files';
import { ShellRig } from './testing/shell-rig';

let rig: ShellRig;
beforeEach(async () => {
  rig = await ShellRig.create();
  await rig.put({
    'D:\\list.txt': 'alpha=1\r\nbeta=2 x\r\n;passed over\r\n\r\ngamma\r\n',
    'D:\\a b\\c.log': '',
  });
});
afterEach(() => rig[Symbol.asyncDispose]());

describe('if', () => {
  it.each([
    ['if exist D:\\list.txt (echo yes) else echo no', 'yes\r\n'],
    ['if exist D:\\none.txt (echo yes) else (echo no)', 'no\r\n'],
    ['if exist D:\\*.txt echo yes', 'yes\r\n'],
    ['if exist "D:\\a b\\nul" echo yes', 'yes\r\n'],
    ['if not exist X:\\ echo no drive', 'no drive\r\n'],
    ['if 010 equ 8 echo octal', 'octal\r\n'],
    ['if 9 lss 10 echo less', 'less\r\n'],
    ['if "9" gtr "10" echo as text', 'as text\r\n'],
    ['if a==A (echo same) else if /i a==A echo same in any case', 'same in any case\r\n'],
    ['if not defined NOSUCH if defined OS echo both', 'both\r\n'],
    ['if "%OS%"=="Windows_NT" (echo a) & echo b', 'a\r\nb\r\n'],
    ['if 1==2 (echo a) & echo b', ''],
    ['cmd /c exit 3 & if errorlevel 3 if not errorlevel 4 echo three', 'three\r\n'],
  ])('%s', async (command, output) => {
    expect(await rig.output(command)).toBe(output);
  });

  it.each([
    ['if', 'The syntax of the command is incorrect.'],
    ['if a==b', 'The syntax of the command is incorrect.'],
    ['if ==b echo x', 'echo was unexpected at this time.'],
    ['if a foo b echo x', 'foo was unexpected at this time.'],
  ])('refuses %s', async (command, message) => {
    expect(await rig.run(command)).toEqual({ exitCode: 1, output: '', errors: `${message}\r\n` });
  });
});

describe('for', () => {
  it.each([
    ['for %i in (a "b c") do @echo %i %~i', 'a a\r\n"b c" b c\r\n'],
    ['for %i in (D:\\*.txt) do @echo %i %~nxi %~dpi %~zi', 'D:\\list.txt list.txt D:\\ 42\r\n'],
    ['for /d %i in (D:\\*) do @echo %i', 'D:\\a b\r\n'],
    ['for /r D:\\ %i in (*.log) do @echo %i', 'D:\\a b\\c.log\r\n'],
    ['for /l %i in (3,-1,1) do @echo %i', '3\r\n2\r\n1\r\n'],
    ['for /f %i in (D:\\list.txt) do @echo %i', 'alpha=1\r\nbeta=2\r\ngamma\r\n'],
    [
      'for /f "tokens=1,2* delims== " %i in (D:\\list.txt) do @echo %i-%j-%k',
      'alpha-1-\r\nbeta-2-x\r\ngamma--\r\n',
    ],
    ['for /f "skip=1 eol=g delims=" %i in (D:\\list.txt) do @echo %i', 'beta=2 x\r\n;passed over\r\n'],
    ['for /f "delims=" %i in (\'type D:\\list.txt ^| cmd /c "echo x"\') do @echo [%i]', '[x]\r\n'],
    ['for /f "usebackq tokens=2" %i in (\'one two\') do @echo %i', 'two\r\n'],
    ['for /f "tokens=3" %i in ("one two three") do @echo %i', 'three\r\n'],
    ['for %i in (1 2) do @for %j in (a b) do @echo %i%j', '1a\r\n1b\r\n2a\r\n2b\r\n'],
  ])('%s', async (command, output) => {
    expect(await rig.output(command)).toBe(output);
  });

  it('shows what it runs, behind the prompt, without @', async () => {
    const { output } = await rig.typed('for %i in (1 2) do echo %i\rexit\r');
    expect(output).toContain('do echo %i\r\n\r\nC:\\Users\\Administrator>echo 1 \r\n1\r\n\r\nC:\\Users');
  });

  it('ends with Ctrl-C where it would go on for ever', async () => {
    const { output, exitCode } = await rig.typed('for /l %i in (1,0,2) do @rem\r\u0003exit 5\r');
    expect(output).toContain('^C\r\n');
    expect(exitCode).toBe(5);
  });

  it.each([
    ['for', 'The syntax of the command is incorrect.'],
    ['for %i in (a) echo x', 'echo was unexpected at this time.'],
    ['for i in (a) do echo x', 'i was unexpected at this time.'],
    ['for /f %i in (D:\\none.txt) do echo x', 'The system cannot find the file D:\\none.txt.'],
    ['for /f "tokenz=1" %i in (D:\\list.txt) do echo x', 'tokenz=1 was unexpected at this time.'],
  ])('refuses %s', async (command, message) => {
    expect(await rig.run(command)).toEqual({ exitCode: 1, output: '', errors: `${message}\r\n` });
  });
});

describe('blocks and signs', () => {
  it('ask for more at the prompt', async () => {
    const { output } = await rig.typed('if 1==1 (\recho in block\r)\recho a^\rb\rexit\r');
    expect(output).toContain('>if 1==1 (\r\nMore? echo in block\r\nMore? )\r\nin block\r\n');
    expect(output).toContain('>echo a^\r\nMore? b\r\nab\r\n');
  });

  it('leave %ERRORLEVEL% alone with echo, and set it for the next line', async () => {
    const { output } = await rig.typed(
      'nosuch\recho %ERRORLEVEL%\recho %ERRORLEVEL%\rver\recho %ERRORLEVEL%\rexit\r',
    );
    expect(output.match(/^\d+$/gm)).toEqual(['9009', '9009', '0']);
  });

  it.each([
    ['(echo a & echo b) > D:\\out.txt & type D:\\out.txt', 'a \r\nb\r\n'],
    [
      'echo %USERNAME:~0,3% %USERNAME:~-3% %USERNAME:a=X% %USERNAME:*min=%',
      'Adm tor XdministrXtor istrator\r\n',
    ],
    ['set A=1& call echo %^A%', '1\r\n'],
    ['rem x & echo y', ''],
    ['echo hi> nul', ''],
    ['cmd /v:on /c "set X=5& echo !X!"', '5\r\n'],
    ['cmd /c "echo "a" & exit /b 0"', '"a" \r\n'],
  ])('%s', async (command, output) => {
    expect(await rig.output(command)).toBe(output);
  });

  it('refuse a line longer than cmd takes, and a share as a folder', async () => {
    expect((await rig.run(`echo ${'x'.repeat(8200)}`)).errors).toBe('The input line is too long.\r\n');
    expect((await rig.run('cd \\\\server\\share')).errors).toBe(
      "'\\\\server\\share'\r\nCMD does not support UNC paths as current directories.\r\n",
    );
    expect((await rig.run('dir \\\\server\\share')).errors).toBe('The network path was not found.\r\n');
  });
});

describe('a loop without end', () => {
  it('ends when its client without a terminal has gone', async () => {
    const bytes = new ByteQueue();
    const shell = await createShell({
      host: rig.host,
      files: mountedFiles(rig.host),
      programs: new Map(),
      user: 'Administrator',
      remote: true,
    });
    let turns = 0;
    const output = {
      write: () => {
        turns++;
        if (turns === 3) bytes.abandon();
      },
    };
    const streams = { input: bytes, output, errors: output, terminal: undefined };
    expect(await shell.execute('for /l %i in (1,0,2) do @echo %i', streams)).toBe(0xc000013a);
    expect(turns).toBe(3);
  });
});

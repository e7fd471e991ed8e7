import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startGuest } from '../guest';
import { RescueGuest } from '../guest/testing/rescue-guest';

const has = (program: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const folder = mkdtempSync(join(tmpdir(), 'standin-shell-'));
const program = join(folder, 'standin-shell');

beforeAll(async () => {
  if (!has('gcc')) return;
  const flags = ['-Wall', '-Wextra', '-Werror', '-O2', '-static', '-o', program];
  await promisify(execFile)('gcc', [...flags, resolve(__dirname, 'standin-shell.c')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the client as a login would. */
function client(
  socket: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input: string | undefined = '',
) {
  const child = spawn(program, args, { env: { STANDIN_SHELL_SOCKET: socket, ...env } });
  const seen = { output: '', errors: '', exitCode: -1 };
  child.stdout.on('data', (chunk: Buffer) => {
    seen.output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    seen.errors += chunk.toString();
  });
  child.stdin.end(input);
  return new Promise<typeof seen>((done, reject) => {
    child.on('error', reject);
    child.on('close', (code) => done({ ...seen, exitCode: code ?? -1 }));
  });
}

describe.skipIf(!has('gcc'))('standin-shell', () => {
  let setup: RescueGuest;
  let guest: AsyncDisposable;
  let socket: string;
  const user = { USER: 'administrator' };

  beforeEach(async () => {
    setup = await RescueGuest.prepare();
    const machine = setup.machine();
    socket = machine.shellSocket;
    guest = await startGuest(machine, []);
  });
  afterEach(async () => {
    await guest[Symbol.asyncDispose]();
    await setup[Symbol.asyncDispose]();
  });

  it('runs a command: both streams, exit code', async () => {
    expect(await client(socket, ['-c', 'echo "a\tb" & nosuch'], user)).toEqual({
      output: '"a\tb" \r\n',
      errors:
        "'nosuch' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
      exitCode: 1,
    });
    expect((await client(socket, ['-c', 'cmd /c exit 7'], user)).exitCode).toBe(7);
    expect((await client(socket, ['-c', 'cmd /c exit 256'], user)).exitCode).toBe(255);
  });

  it('takes the command that an SSH client asked for, as a ForceCommand does', async () => {
    const env = { ...user, SSH_ORIGINAL_COMMAND: 'echo from ssh' };
    expect((await client(socket, ['-c', '/usr/bin/standin-shell'], env)).output).toBe('from ssh\r\n');
  });

  it('opens a shell where the ForceCommand comes without a command, and feeds it lines', async () => {
    const { output, exitCode } = await client(
      socket,
      ['-c', '/usr/bin/standin-shell'],
      user,
      'whoami\nexit 3\n',
    );
    expect(output).toContain(
      'administrator@WINRESCUEOVH C:\\Users\\Administrator>whoami\r\nwinrescueovh\\administrator\r\n',
    );
    expect(exitCode).toBe(3);
  });

  it('carries much input and output', async () => {
    const line = `${'x'.repeat(99)}\n`;
    const { output } = await client(socket, ['-c', 'find "x"'], user, line.repeat(5000));
    expect(output.length).toBe(5000 * 101);
  });

  it('passes names and commands that JSON has to escape', async () => {
    // UTF-8, by which the test reads the output.
    const words = 'chcp 65001>nul& echo "\\back\\slash" é';
    const { output } = await client(socket, ['-c', words], { USER: 'o"dd\\user' });
    expect(output).toBe('"\\back\\slash" é\r\n');
  });

  it('lets in whoever has the password, for PAM', async () => {
    const login = async (name: string, password: string) =>
      (await client(socket, ['--authenticate'], { PAM_USER: name }, password)).exitCode;
    expect(await login('Administrator', 'old\0')).toBe(0);
    expect(await login('administrator', 'old')).toBe(0);
    expect(await login('Administrator', 'wrong\0')).toBe(1);
    expect(await login('Administrator', '')).toBe(1);
    expect(await login('nobody', 'old\0')).toBe(1);
  });

  it('tells when the service goes away', async () => {
    const path = join(folder, 'closing.sock');
    const server = createServer((connection) => connection.destroy());
    await new Promise<void>((done) => server.listen(path, done));
    const { exitCode, errors } = await client(path, [], user);
    expect(exitCode).toBe(255);
    expect(errors).toMatch(/the resident service closed the connection|talking to the resident service/);
    expect((await client(path, ['--authenticate'], { PAM_USER: 'Administrator' }, 'old')).exitCode).toBe(1);
    await new Promise<void>((done) => server.close(() => done()));
  });

  it('waits for a service that is just starting', async () => {
    const path = join(folder, 'later.sock');
    const waiting = client(path, ['-c', 'ver'], user);
    const machine = { ...setup.machine(), shellSocket: path };
    await using _late = await startGuest(machine, []);
    expect((await waiting).output).toContain('Microsoft Windows [Version 10.0.17763]');
  });

  describe.skipIf(!has('script') || !has('stty'))('on a terminal', () => {
    it('is raw, echoes once, follows the window size and leaves the terminal as it was', async () => {
      const note = join(folder, 'tty');
      const inner = `tty > ${note}; stty cols 40 rows 10; ${program}; stty -a > ${note}.after`;
      const child = spawn('script', ['-qec', inner, '/dev/null'], {
        env: { ...process.env, ...user, SHELL: '/bin/sh', STANDIN_SHELL_SOCKET: socket },
      });
      let screen = '';
      child.stdout.on('data', (chunk: Buffer) => {
        screen += chunk.toString();
      });
      const seen = (text: string) => expect.poll(() => screen, { timeout: 10_000 }).toContain(text);
      await seen('Administrator>');
      screen = '';
      child.stdin.write('echo %OS%\r');
      await seen('Windows_NT\r\n');
      // Typed behind a prompt of 51 characters on 40 columns: the row is full after 29 more.
      expect(screen.split('echo %OS%')).toHaveLength(2);
      const typed = 'rem 45678901234567890123456789';
      screen = '';
      child.stdin.write(typed);
      await seen('\r\n');
      screen = '';
      const tty = (await readFile(note, 'utf8')).trim();
      execFileSync('stty', ['-F', tty, 'cols', '100', 'rows', '30']);
      child.stdin.write('\r');
      await seen('Administrator>');
      screen = '';
      child.stdin.write(typed);
      await seen(typed);
      expect(screen).toBe(typed);
      child.stdin.write('\u0003exit\r');
      await new Promise((done) => child.on('close', done));
      expect(await readFile(`${note}.after`, 'utf8')).toMatch(/ icanon .* echo /s);
    });
  });
});

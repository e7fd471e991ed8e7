import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ntHash } from '../../disk/sam';
import { type RunningGuest, startGuest } from './start-guest';
import { RescueGuest } from './testing/rescue-guest';
import { askShell } from './testing/socket-client';

let setup: RescueGuest;
let running: RunningGuest;

beforeEach(async () => {
  setup = await RescueGuest.prepare();
  running = await startGuest(setup.machine(), []);
});
afterEach(async () => {
  await running[Symbol.asyncDispose]();
  await setup[Symbol.asyncDispose]();
});

const ask = (header: object, input?: string) => askShell(join(setup.folder, 'run/shell.sock'), header, input);
const login = async (user: string, password: string) =>
  (await ask({ kind: 'authenticate', user }, password)).exitCode;

describe('a change of the SAM by a tool', () => {
  it('lets a password that net user set open every door, and closes those of a disabled account', async () => {
    const run = (command: string) => ask({ kind: 'exec', user: 'Administrator', command });
    const completed = { output: 'The command completed successfully.\r\n\r\n', errors: '', exitCode: 0 };
    expect(await run('net user Administrator N3w-Secret')).toEqual(completed);
    expect([await login('administrator', 'old'), await login('administrator', 'N3w-Secret')]).toEqual([1, 0]);
    const hash = Buffer.from(ntHash('N3w-Secret')).toString('hex');
    expect(await readFile(setup.rdpSam, 'utf8')).toContain(`Administrator:::${hash}:::\n`);
    expect(await run('net user visitor V1sitor! /add')).toEqual(completed);
    expect(await login('visitor', 'V1sitor!')).toBe(0);
    expect(await readFile(setup.passwd, 'utf8')).toContain('\nvisitor:x:0:0:');
    expect(await run('net user backup /active:no')).toEqual(completed);
    expect(await login('Backup', 'b4ckup')).toBe(1);
    expect(await readFile(setup.rdpSam, 'utf8')).not.toContain('Backup');
  });

  it('keeps the logins as they were where the SAM is spoilt', async () => {
    const sam = join(setup.folder, 'c/Windows/System32/config/SAM');
    const before = await readFile(sam);
    const logins = await readFile(setup.rdpSam, 'utf8');
    await ask({ kind: 'exec', user: 'Administrator', command: 'echo x>C:\\Windows\\System32\\config\\sam' });
    expect(await readFile(setup.rdpSam, 'utf8')).toBe(logins);
    expect(setup.messages.join()).toContain('The accounts stay as they were: HiveFormatError');
    await writeFile(sam, before);
    expect(await login('administrator', 'old')).toBe(0);
  });

  it.skipIf(spawnSync('which', ['chntpw']).status !== 0)(
    'from outside is seen at the next login',
    async () => {
      const sam = join(setup.folder, 'c/Windows/System32/config/SAM');
      await ask({ kind: 'exec', user: 'Administrator', command: 'net user backup /active:no' });
      expect(await login('Backup', 'b4ckup')).toBe(1);
      // 2: unlock and enable, 1: clear the password.
      spawnSync('chntpw', ['-u', 'Backup', sam], { input: '2\nq\ny\n' });
      expect(await login('Backup', 'b4ckup')).toBe(0);
      spawnSync('chntpw', ['-u', 'Backup', sam], { input: '1\nq\ny\n' });
      // An account without a password is for the console only.
      expect([await login('Backup', 'b4ckup'), await login('Backup', '')]).toEqual([1, 1]);
      expect(await setup.accounts().logOn('Backup', '', 'console')).toBeUndefined();
    },
  );
});

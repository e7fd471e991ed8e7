import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Hive, parseHive } from '../../disk/regf';
import { remoteDesktopOf } from '../../disk/registry';
import { type RunningGuest, startGuest } from './start-guest';
import { RescueGuest } from './testing/rescue-guest';
import { askShell } from './testing/socket-client';

let setup: RescueGuest;
let running: RunningGuest;
let seen: string[];

beforeEach(async () => {
  setup = await RescueGuest.prepare();
  seen = [];
  const servers = {
    async follow(system: Hive, runs: (name: string) => boolean) {
      seen.push(
        `${runs('termservice') ? 'on' : 'off'} ${remoteDesktopOf(system).denied ? 'denied' : 'taken'}`,
      );
    },
  };
  running = await startGuest({ ...setup.machine(), servers }, []);
  await running.settled;
});
afterEach(async () => {
  await running[Symbol.asyncDispose]();
  await setup[Symbol.asyncDispose]();
});

const run = (command: string) =>
  askShell(join(setup.folder, 'run/shell.sock'), { kind: 'exec', user: 'Administrator', command });

it('servers follow the hive at the start, and each change of it before the tool has answered', async () => {
  expect(seen).toEqual(['on taken']);
  const key = '"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server"';
  await run(`reg add ${key} /v fDenyTSConnections /t REG_DWORD /d 1 /f`);
  expect(seen).toEqual(['on taken', 'on denied']);
});

it('servers follow services that are stopped and started', async () => {
  expect((await run('sc stop TermService')).exitCode).toBe(0);
  expect(seen.at(-1)).toBe('off taken');
  await run('net start TermService');
  expect(seen.at(-1)).toBe('on taken');
});

it('a service that was disabled goes on until it is stopped, and does not start again', async () => {
  await run('sc config TermService start= disabled');
  expect(seen.at(-1)).toBe('on taken');
  await run('net stop TermService');
  expect((await run('sc start TermService')).exitCode).toBe(1058);
  expect(seen.at(-1)).toBe('off taken');
});

it('the first logon makes the control set the last known good one', async () => {
  const number = async (name: string) => {
    const bytes = await readFile(join(setup.folder, 'c/Windows/System32/config/SYSTEM'));
    return parseHive(new Uint8Array(bytes)).key('Select')?.getDword(name);
  };
  await run('reg add HKLM\\SYSTEM\\Select /v LastKnownGood /t REG_DWORD /d 2 /f');
  expect(await number('LastKnownGood')).toBe(2);
  const socket = join(setup.folder, 'run/shell.sock');
  await askShell(socket, { kind: 'authenticate', user: 'Administrator' }, 'old');
  expect(await number('LastKnownGood')).toBe(1);
});

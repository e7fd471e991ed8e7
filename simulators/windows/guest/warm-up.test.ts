import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShell, mountedFiles, type Program } from '../shell';
import { RescueGuest } from './testing/rescue-guest';
import { warmUp } from './warm-up';

let setup: RescueGuest;
let ran: string[];
beforeEach(async () => {
  setup = await RescueGuest.prepare();
  ran = [];
});
afterEach(() => setup[Symbol.asyncDispose]());

async function run(signal: AbortSignal, onRun: () => void = () => undefined): Promise<void> {
  const { host } = setup;
  const files = mountedFiles(host);
  const note: Program = async ({ args }) => {
    ran.push(args.join(' '));
    onRun();
    return 0;
  };
  const programs = new Map(['bcdedit', 'reg', 'sc', 'net', 'netsh'].map((name) => [name, note] as const));
  await warmUp({
    host,
    files,
    openShell: () => createShell({ host, files, programs, user: '', remote: true }),
    signal,
  });
}

it("tries what customers type, a customer's store first", async () => {
  await mkdir(join(setup.folder, 'd/Boot'), { recursive: true });
  await writeFile(join(setup.folder, 'd/Boot/BCD'), '');
  await run(new AbortController().signal);
  expect(ran).toEqual([
    '/store D:\\Boot\\BCD /enum all',
    '/enum all',
    'query HKLM\\SYSTEM\\Select',
    'query TermService',
    'user',
    'advfirewall show currentprofile',
  ]);
});

it('ends when the guest does', async () => {
  const stop = new AbortController();
  await run(stop.signal, () => stop.abort());
  expect(ran).toEqual(['/enum all']);
});

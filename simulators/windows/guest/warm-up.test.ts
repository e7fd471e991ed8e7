import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShell, mountedFiles, type Programs } from '../shell';
import { systemPrograms } from '../tools';
import { RescueGuest } from './testing/rescue-guest';
import { warmUp } from './warm-up';

let setup: RescueGuest;
/** What ran, and how it ended. */
let ran: string[];
beforeEach(async () => {
  setup = await RescueGuest.prepare();
  ran = [];
});
afterEach(() => setup[Symbol.asyncDispose]());

async function run(signal: AbortSignal, onRun: () => void = () => undefined): Promise<void> {
  const { host } = setup;
  const files = mountedFiles(host);
  const programs: Programs = new Map(
    [...systemPrograms(async () => [])].map(([name, program]) => [
      name,
      async (context) => {
        const code = await program(context);
        ran.push(`${name} ${context.args.join(' ')}: ${code}`);
        onRun();
        return code;
      },
    ]),
  );
  await warmUp({
    host,
    files,
    openShell: (seen) => createShell({ host, files: seen, programs, user: '', remote: true }),
    signal,
  });
}

it('tries what customers type, with a store that is nowhere on the disk', async () => {
  await run(new AbortController().signal);
  expect(ran).toEqual([
    'bcdedit /store \\Boot\\BCD /enum all: 0',
    // The rescue system has no store of its own.
    'bcdedit /enum all: 1',
    'reg query HKLM\\SYSTEM\\Select: 0',
    'sc query TermService: 0',
    'net user: 0',
    'netsh advfirewall show currentprofile: 0',
  ]);
  expect(await readdir(join(setup.folder, 'c'))).toEqual(['Windows']);
});

it('ends when the guest does', async () => {
  const stop = new AbortController();
  await run(stop.signal, () => stop.abort());
  expect(ran).toHaveLength(1);
});

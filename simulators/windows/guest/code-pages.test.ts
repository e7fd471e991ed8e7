import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningGuest, startGuest } from './start-guest';
import { RescueGuest } from './testing/rescue-guest';
import { askShell } from './testing/socket-client';

let setup: RescueGuest;
let running: RunningGuest;
beforeEach(async () => {
  setup = await RescueGuest.prepare();
  running = await startGuest({ ...setup.machine(), servers: { follow: async () => undefined } }, []);
  await running.settled;
});
afterEach(async () => {
  await running[Symbol.asyncDispose]();
  await setup[Symbol.asyncDispose]();
});

const ask = (header: object, input?: string | Buffer) =>
  askShell(join(setup.folder, 'run/shell.sock'), { user: 'Administrator', ...header }, input);
const run = (command: string, input?: string | Buffer) => ask({ kind: 'exec', command }, input);
/** What a client makes of a byte that is no UTF-8. */
const strange = '\ufffd';

it('a client without a terminal gets the bytes of the code page, which chcp changes', async () => {
  expect((await run('chcp & echo ä')).output).toBe(`Active code page: 437\r\n${strange}\r\n`);
  expect((await run('chcp 65001 & echo ä')).output).toBe('Active code page: 65001\r\nä\r\n');
  expect((await run('chcp 850 & echo ─€')).output).toBe(`Active code page: 850\r\n${strange}?\r\n`);
});

it('what it sends is read in the code page as well', async () => {
  const { output } = await run('cmd', Buffer.from('chcp 65001\r\necho \x84\r\nexit\r\n', 'latin1'));
  expect(output).toContain('>echo ä\r\nä\r\n');
});

it('a terminal gets UTF-8, whatever its code page', async () => {
  const size = { columns: 80, rows: 25 };
  const { output } = await ask({ kind: 'shell', ...size }, 'chcp\recho ä\rexit\r');
  expect(output).toContain('Active code page: 437\r\n');
  expect(output).toContain('echo ä\r\nä\r\n');
});

it('a new console has the code page that the registry names', async () => {
  const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage';
  await run(`reg add ${key} /v OEMCP /d 850 /f`);
  expect((await run('chcp')).output).toBe('Active code page: 850\r\n');
});

it('what is no code page is refused', async () => {
  const refused = { output: '', exitCode: 1 };
  expect(await run('chcp 12')).toEqual({ ...refused, errors: 'Invalid code page\r\n' });
  expect(await run('chcp de')).toEqual({ ...refused, errors: 'Parameter format not correct - de\r\n' });
});

import { setImmediate as turn } from 'node:timers/promises';
import { ByteQueue, type FileAccess, type Shell } from '../shell';
import type { WindowsHost } from '../windows-host';

/** Commands of guides and what is behind them: each only looks. */
const COMMANDS = [
  'bcdedit /enum all',
  'dir %SystemRoot%',
  'reg query HKLM\\SYSTEM\\Select',
  'sc query TermService',
  'net user',
  'netsh advfirewall show currentprofile',
] as const;
const STORE = 'Boot\\BCD';
/** On a terminal of this size, as SSH clients and the console have one. */
const terminal = { columns: 120, rows: 30 };

export interface WarmUp {
  readonly host: WindowsHost;
  readonly files: FileAccess;
  /** A shell of somebody who has not logged in: no profile is made. */
  readonly openShell: () => Promise<Shell>;
  readonly signal: AbortSignal;
}

/**
 * Types commands that change nothing into a shell that nobody sees. The first run of a program costs two thirds of a
 * second under emulation, since its code is compiled then; afterwards it answers in a tenth of one. Other requests get
 * their turn between two commands. Ends early when aborted.
 */
export async function warmUp({ host, files, openShell, signal }: WarmUp): Promise<void> {
  const store = await findStore(host, files);
  const commands = store === undefined ? COMMANDS : [`bcdedit /store ${store} /enum all`, ...COMMANDS];
  for (const command of commands) {
    if (signal.aborted) return;
    const input = new ByteQueue();
    input.push(Buffer.from(`${command}\rexit\r`));
    input.end();
    const nowhere = { write: () => undefined };
    const shell = await openShell();
    await shell.interact({ input, output: nowhere, errors: nowhere, terminal });
    await turn();
  }
}

/** A store on a customer's volume: a rescue system has none of its own to look at. */
async function findStore(host: WindowsHost, files: FileAccess): Promise<string | undefined> {
  for (const { letter } of await host.volumes()) {
    const path = `${letter}:\\${STORE}`;
    if (letter !== undefined && (await files.stat(path).catch(() => undefined))) return path;
  }
  return undefined;
}

import { setImmediate as turn } from 'node:timers/promises';
import { createInstalledStore } from '../../disk/bcd';
import { ByteQueue, type FileAccess, type Shell } from '../shell';
import type { WindowsHost } from '../windows-host';

/** Commands of guides and what is behind them: each only looks. */
const COMMANDS = [
  'bcdedit /store \\Boot\\BCD /enum all',
  'bcdedit /enum all',
  'dir %SystemRoot%',
  'reg query HKLM\\SYSTEM\\Select',
  'sc query TermService',
  'net user',
  'netsh advfirewall show currentprofile',
] as const;
/** On a terminal of this size, as SSH clients and the console have one. */
const terminal = { columns: 120, rows: 30 };

export interface WarmUp {
  readonly host: WindowsHost;
  readonly files: FileAccess;
  /** A shell, on these files, of somebody who has not logged in: no profile is made. */
  readonly openShell: (files: FileAccess) => Promise<Shell>;
  readonly signal: AbortSignal;
}

/**
 * Types commands that change nothing into a shell that nobody sees. The first run of a program costs two thirds of a
 * second under emulation, since its code is compiled then; afterwards it answers in a tenth of one. Other requests get
 * their turn between two commands. Ends early when aborted.
 */
export async function warmUp({ host, files, openShell, signal }: WarmUp): Promise<void> {
  const withStore = withFile(files, `${host.systemDrive}:\\Boot\\BCD`, sampleStore());
  for (const command of COMMANDS) {
    if (signal.aborted) return;
    const input = new ByteQueue();
    input.push(Buffer.from(`${command}\rexit\r`));
    input.end();
    const nowhere = { write: () => undefined };
    const shell = await openShell(withStore);
    await shell.interact({ input, output: nowhere, errors: nowhere, terminal });
    await turn();
  }
}

/** A store as an installation leaves it: a rescue system has none of its own, and the customer's disk may be offline. */
function sampleStore(): Uint8Array {
  const place = { kind: 'partition', style: 'mbr', signature: 1, offsetBytes: 2 ** 20 } as const;
  return createInstalledStore({ systemPartition: place, windowsPartition: place }).serialize();
}

/** The same files, and one more that is only in memory. */
function withFile(files: FileAccess, path: string, bytes: Uint8Array): FileAccess {
  const is = (other: string): boolean => other.toLowerCase() === path.toLowerCase();
  const name = path.slice(path.lastIndexOf('\\') + 1);
  const facts = { name, folder: false, junction: false, sizeBytes: bytes.length, modified: new Date(0) };
  return {
    ...files,
    stat: async (other) => (is(other) ? facts : files.stat(other)),
    read: async (other) => (is(other) ? bytes : files.read(other)),
  };
}

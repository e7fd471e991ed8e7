import { createShell, type FileAccess, mountedFiles } from '../shell';
import { type NetworkAdapter, systemPrograms } from '../tools';
import type { WindowsHost } from '../windows-host';
import { type AccountFiles, writeAccountFiles } from './account-files';
import type { Accounts } from './accounts';
import { openScreenShell, type ScreenShell } from './console-shell';
import type { SessionSource } from './http-session';
import { provision } from './provision';
import { RenamableHost } from './renamable-host';
import { startShellServer } from './shell-server';
import type { SystemControl } from './system-control';

/** The machine that the service runs on. */
export interface GuestMachine {
  readonly host: WindowsHost;
  readonly accounts: Accounts;
  readonly system: SystemControl;
  readonly adapters: () => Promise<readonly NetworkAdapter[]>;
  readonly accountFiles: AccountFiles;
  /** Path of the shell socket, e.g. `/run/standin/shell.sock`. */
  readonly shellSocket: string;
  /** Gives the session document; undefined where nobody is asked. */
  readonly session: SessionSource | undefined;
  readonly log: (sentence: string) => void;
  /** The files of the volumes; those of the host's mount points where not given. */
  readonly files?: FileAccess;
}

/** What a part (logon screen, remote desktop, ...) may use of the running guest. */
export interface GuestServices {
  readonly host: WindowsHost;
  readonly files: FileAccess;
  readonly accounts: Accounts;
  readonly log: (sentence: string) => void;
  /** An interactive shell for a screen; the user counts as logged on already. */
  openScreenShell(user: string, columns: number, rows: number): ScreenShell;
  /** Calls the listener once the session document has been applied. */
  onProvisioned(listener: () => void): void;
}

/** Something that runs as long as the guest does. Returns what ends it. */
export type GuestPart = (guest: GuestServices) => Promise<AsyncDisposable | Disposable | undefined>;

export interface RunningGuest extends AsyncDisposable {
  /** Settles when the session document was applied; rejects when that failed. At once where nobody is asked. */
  readonly provisioned: Promise<void>;
}

/** Makes the profile folder at the first login, as Windows does. A full or missing drive must not keep anyone out. */
async function makeProfile(files: FileAccess, host: WindowsHost, user: string): Promise<void> {
  const profile = `${host.systemDrive}:\\Users\\${user}`;
  await files.makeFolder(profile).catch(() => undefined);
}

/** Starts the resident service: account files, shell socket, the parts, then provisioning in the background. */
export async function startGuest(machine: GuestMachine, parts: readonly GuestPart[]): Promise<RunningGuest> {
  const { accounts, log, shellSocket, session, system } = machine;
  const host = new RenamableHost(machine.host);
  const files = machine.files ?? mountedFiles(host);
  const programs = systemPrograms(machine.adapters);
  const stop = new AbortController();
  const owned = new AsyncDisposableStack();
  const provisionedListeners: (() => void)[] = [];
  owned.defer(() => stop.abort());

  const shellOf = async (user: string, remote: boolean) => {
    const name = (await accounts.find(user)) ?? user;
    await makeProfile(files, host, name);
    return createShell({ host, files, programs, user: name, remote });
  };
  const refresh = async (): Promise<void> => writeAccountFiles(machine.accountFiles, await accounts.list());

  try {
    accounts.onChange(refresh);
    await refresh();
    owned.use(
      await startShellServer(shellSocket, {
        openShell: (user) => shellOf(user, user !== ''),
        authenticate: (user, password) => accounts.verify(user, password),
        log,
      }),
    );
    const services: GuestServices = {
      host,
      files,
      accounts,
      log,
      openScreenShell: (user, columns, rows) => openScreenShell(shellOf(user, false), columns, rows),
      onProvisioned: (listener) => void provisionedListeners.push(listener),
    };
    for (const part of parts) owned.use(await part(services));
  } catch (error) {
    await owned.disposeAsync();
    throw error;
  }

  const rename = (name: string): void => {
    host.hostName = name;
  };
  const provisioned = session
    ? provision({ source: session, accounts, system, rename, log }, stop.signal).then(() => {
        log('The session document is applied.');
        for (const listener of provisionedListeners) listener();
      })
    : Promise.resolve();
  // Whoever does not look at it must not end the service.
  provisioned.catch((error: unknown) => {
    if (!stop.signal.aborted)
      log(`Provisioning failed: ${error instanceof Error ? error.message : String(error)}`);
  });
  return { provisioned, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

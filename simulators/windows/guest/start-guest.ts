import { setTimeout as delay } from 'node:timers/promises';
import { RenamableHost } from '../renamable-host';
import { createShell, type FileAccess, mountedFiles } from '../shell';
import { changeSystemHive, type NetworkAdapter, readSystemHive, systemPrograms } from '../tools';
import type { WindowsHost } from '../windows-host';
import { type AccountFiles, writeAccountFiles } from './account-files';
import type { Accounts } from './accounts';
import { openScreenShell, type ScreenShell } from './console-shell';
import type { SessionSource } from './http-session';
import { softwareHiveMemory } from './instance-memory';
import { provision } from './provision';
import { QuietTime } from './quiet-time';
import { serveSftp } from './sftp';
import { startShellServer } from './shell-server';
import type { SystemControl } from './system-control';
import { SystemFollower } from './system-follower';
import type { SystemServers } from './system-servers';
import { warmUp } from './warm-up';
import { watchedFile } from './watched-file';

/** The machine that the service runs on. */
export interface GuestMachine {
  readonly host: WindowsHost;
  readonly accounts: Accounts;
  readonly system: SystemControl;
  readonly adapters: () => Promise<readonly NetworkAdapter[]>;
  readonly accountFiles: AccountFiles;
  /** Path of the shell socket, e.g. `/run/standin/shell.sock`. */
  readonly shellSocket: string;
  /** Serves the drives over SFTP; see `serveSftp`. */
  readonly sftpProgram: string;
  /** Gives the session document; undefined where nobody is asked. */
  readonly session: SessionSource | undefined;
  /**
   * The parts wait until nobody has asked the shell socket for `afterMs`, for `longestMs` at most. They wait for nobody where
   * not given.
   */
  readonly quiet?: { readonly afterMs: number; readonly longestMs: number };
  /** The servers around the service, which follow registry and services; none where not given. */
  readonly servers?: Pick<SystemServers, 'follow'>;
  /** Settles when the machine has its address, by which the firewall knows the local network. */
  readonly networkUp?: Promise<void>;
  /** Called when the servers are up: only then it asks for the session. */
  readonly onServersUp?: () => void;
  /**
   * Programs are tried before somebody needs them: as soon as the servers are up, or when nobody asks for anything, where
   * that work would take the only CPU from the first customer. Not at all where not given.
   */
  readonly warmUp?: 'at-once' | 'when-quiet';
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
  /** Calls the listener once the session document has been applied; a part that starts after that finds it applied. */
  onProvisioned(listener: () => void): void;
}

/** Something that runs as long as the guest does. Returns what ends it. */
export type GuestPart = (guest: GuestServices) => Promise<AsyncDisposable | Disposable | undefined>;

export interface RunningGuest extends AsyncDisposable {
  /** Settles when the session document was applied; rejects when that failed. At once where nobody is asked. */
  readonly provisioned: Promise<void>;
  /** Settles when the parts are there; rejects when one could not start. */
  readonly settled: Promise<void>;
}

/** The parts do not wait longer for the servers: a machine whose servers fail shows a logon screen nevertheless (ms). */
const patience = 60_000;

/** Makes the profile folder at the first login, as Windows does. A full or missing drive must not keep anyone out. */
async function makeProfile(files: FileAccess, host: WindowsHost, user: string): Promise<void> {
  const profile = `${host.systemDrive}:\\Users\\${user}`;
  await files.makeFolder(profile).catch(() => undefined);
}

/**
 * Starts the resident service: account files and the shell socket. The rest happens in the background: provisioning
 * when the servers are up, and the parts when nobody waits for anything else, that is after the provisioning and the
 * first logins, or as soon as the provider has nothing yet.
 */
export async function startGuest(machine: GuestMachine, parts: readonly GuestPart[]): Promise<RunningGuest> {
  const { accounts, log, shellSocket, session, system } = machine;
  const host = new RenamableHost(machine.host);
  const sam = `${host.systemDrive}:\\Windows\\System32\\config\\SAM`;
  const refresh = async (): Promise<void> => writeAccountFiles(machine.accountFiles, await accounts.list());
  // A tool that changes the SAM changes who may log in; one that breaks it leaves the logins as they were.
  const watched = watchedFile(machine.files ?? mountedFiles(host), sam, () =>
    refresh().catch((error: unknown) => log(`The accounts stay as they were: ${String(error)}`)),
  );
  const stop = new AbortController();
  const follower = new SystemFollower({ host, files: watched, servers: machine.servers, log }, stop.signal);
  const { files } = follower;
  const programs = systemPrograms(machine.adapters);
  const owned = new AsyncDisposableStack();
  const time = new QuietTime(machine.quiet?.afterMs ?? 0, machine.quiet?.longestMs ?? 0);
  const provisionedListeners: (() => void)[] = [];

  const loggedOn = async (user: string): Promise<string> => {
    const name = (await accounts.find(user)) ?? user;
    await makeProfile(files, host, name);
    return name;
  };
  const shellOf = async (user: string, remote: boolean) =>
    createShell({ host, files, programs, user: await loggedOn(user), remote });
  let warming: Promise<void> | undefined;
  const warm = (): Promise<void> => {
    const openShell = (seen: FileAccess) =>
      createShell({ host, files: seen, programs, user: '', remote: true });
    warming ??= machine.warmUp
      ? warmUp({ host, files, openShell, signal: stop.signal }).catch((error: unknown) =>
          log(`The programs could not be tried: ${String(error)}`),
        )
      : Promise.resolve();
    return warming;
  };

  try {
    accounts.onChange(refresh);
    await refresh();
    owned.use(
      await startShellServer(shellSocket, {
        openShell: (user) => {
          time.disturb();
          return shellOf(user, user !== '');
        },
        serveFiles: async (user, streams) =>
          serveSftp(machine.sftpProgram, host, await loggedOn(user), streams),
        typed: () => time.disturb(),
        codePage: () => follower.codePage,
        authenticate: async (user, password) => {
          time.disturb();
          const refusal = await accounts.logOn(user, password, 'network');
          if (refusal === undefined) await follower.loggedOn();
          else log(`${user} was not let in: ${refusal}`);
          return refusal === undefined;
        },
        log,
      }),
    );
  } catch (error) {
    await owned.disposeAsync();
    throw error;
  }

  const services: GuestServices = {
    host,
    files,
    accounts,
    log,
    openScreenShell: (user, columns, rows) => openScreenShell(shellOf(user, false), columns, rows),
    onProvisioned: (listener) => void provisionedListeners.push(listener),
  };
  let starting: Promise<void> | undefined;
  const startParts = (): Promise<void> => {
    starting ??= (async () => {
      for (const part of parts) if (!stop.signal.aborted) owned.use(await part(services));
      await warm();
    })();
    return starting;
  };

  const rename = (name: string): void => {
    host.hostName = name;
  };
  machine.networkUp?.then(() => follower.follow()).catch((error: unknown) => log(String(error)));
  const serversUp = follower.follow().then(() => machine.onServersUp?.());
  const provisionFrom = async (source: SessionSource): Promise<void> => {
    await serversUp;
    const memory = softwareHiveMemory(
      (change) => changeSystemHive({ host, files }, 'SOFTWARE', change),
      () => readSystemHive({ host, files }, 'SOFTWARE'),
    );
    await provision({ source, accounts, system, memory, rename, log, onWaiting: startParts }, stop.signal);
    log('The session document is applied.');
    for (const listener of provisionedListeners) listener();
  };
  const provisioned = session ? provisionFrom(session) : Promise.resolve();
  // Whoever does not look at it must not end the service.
  provisioned.catch((error: unknown) => {
    if (!stop.signal.aborted)
      log(`Provisioning failed: ${error instanceof Error ? error.message : String(error)}`);
  });
  const nothingElse = Promise.allSettled([serversUp, provisioned]).then(async () => {
    // Where the provider made them start already, there is nothing to wait for.
    if (starting) return;
    // While the first customer's connection is made, which leaves this process idle.
    if (machine.warmUp === 'at-once') await warm();
    await time.begins(stop.signal).catch(() => undefined);
  });
  const settled = Promise.race([nothingElse, delay(patience, undefined, { ref: false })]).then(startParts);
  settled.catch(() => undefined);
  return {
    provisioned,
    settled,
    async [Symbol.asyncDispose]() {
      stop.abort();
      // A part that is being started has to be there before it can be ended.
      await nothingElse;
      await starting?.catch(() => undefined);
      await owned.disposeAsync();
    },
  };
}

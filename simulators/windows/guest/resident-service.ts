import { appendFileSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { inspect } from 'node:util';
import { findPowerButtons, Keyboards } from '../../linux-devices';
import { LinuxWindowsHost, runCommand, systemHiveMemory } from '../host';
import { mountedFiles } from '../shell';
import { serveGuestAgent } from './agent';
import { type GuestConfig, readGuestConfig } from './config';
import { configDriveSession, findConfigDrive } from './config-drive';
import { findDisks } from './find-disks';
import { httpSession, type SessionSource } from './http-session';
import { linuxServers } from './linux-servers';
import { askMetadataService } from './metadata-service';
import { networkAdapters } from './network-adapters';
import { followPowerButton } from './power-button';
import { SamAccounts } from './sam-accounts';
import { waitForSystem } from './start-ahead';
import { type GuestPart, startGuest } from './start-guest';
import { startSystemHive } from './start-system-hive';
import { linuxSystemControl } from './system-control';
import { readSystemFacts } from './system-facts';
import { waitForFile } from './wait-for-file';

const requestTimeoutMs = 2000;
/**
 * When the work that can wait begins: it takes seconds of the only processor, and whoever asks meanwhile waits for it. An
 * installed system waits for longer than clients need from one connection to the next under emulation. A rescue system is
 * asked for its screen as much as for its shell, and waits for a client's first question only.
 */
const quietTimes = {
  installed: { afterMs: 4000, longestMs: 30_000 },
  rescue: { afterMs: 1500, longestMs: 6000 },
};

function log(sentence: string): void {
  console.log(sentence);
  try {
    appendFileSync('/dev/ttyS0', `standin: ${sentence}\n`);
  } catch {
    // A machine without a serial port has the log file only.
  }
}

/** Tells standin-init, which waits for these words, how far it is and what it needs. */
function tellInit(word: 'ahead' | 'ssh' | 'display' | 'servers' | 'screen'): void {
  const descriptor = Number(process.env['STANDIN_PROGRESS_FD'] ?? -1);
  if (descriptor >= 0) writeSync(descriptor, `${word}\n`);
}

async function sessionSource(config: GuestConfig): Promise<SessionSource | undefined> {
  const { provisioning, role, sessionUrl, retryMs } = config;
  if (provisioning === 'none') return undefined;
  const drive = provisioning === 'http' ? undefined : await findConfigDrive();
  if (provisioning === 'config-drive' && drive === undefined) {
    throw new Error('No config drive (label config-2) is attached, and the settings ask for one.');
  }
  // An installed system has accounts of its own; only a cloud gives it a password, and does so on a config drive.
  if (provisioning === 'auto' && role === 'installed' && drive === undefined) return undefined;
  return drive === undefined
    ? httpSession({ url: sessionUrl, retryMs, timeoutMs: requestTimeoutMs, log })
    : configDriveSession({
        device: drive,
        mountPoint: '/run/standin/config-2',
        run: runCommand,
        askService: (signal, onWaiting) =>
          askMetadataService({ url: sessionUrl, retryMs, timeoutMs: requestTimeoutMs }, signal, onWaiting),
      });
}

/** The logon screen. The display's driver and the drawing library are loaded when they are needed: that takes seconds under emulation. */
const screenPart: GuestPart = async (guest) => {
  tellInit('screen');
  await waitForFile('/run/standin/screen');
  return (await import('./screen-part.js')).screenPart(guest);
};

/** Runs the service; resolves when its parts are there. What goes wrong is said on the serial line, and ends the process. */
export async function runResidentService(): Promise<void> {
  try {
    await start();
  } catch (error) {
    log(`The resident service cannot go on: ${inspect(error)}`);
    process.exitCode = 1;
  }
}

async function start(): Promise<void> {
  const rehearsed = await waitForSystem({
    environment: process.env,
    onReady: () => tellInit('ahead'),
    log: (sentence) => console.log(sentence),
  });
  const commandLine = await readFile('/proc/cmdline', 'utf8');
  const loadOptions = await readFile('/run/standin/load-options', 'utf8').catch(() => '');
  const json = await readFile('/etc/standin.json', 'utf8').catch(() => undefined);
  const config = readGuestConfig(json, `${commandLine} ${loadOptions}`);
  // A rescue system is forked when it asks for its session: with its display there.
  if (config.role === 'rescue' && config.screen) tellInit('screen');
  const { systemDrive, systemMountPoint } = config;
  const systemHive = await startSystemHive(systemMountPoint, config.controlSet);
  const facts = await readSystemFacts(systemMountPoint);
  const found = await findDisks(systemMountPoint);
  const host = await LinuxWindowsHost.start({
    devices: (config.disks ?? found.disks).map((path) => ({ path })),
    ...(config.disks ? {} : { findDevices: async () => (await findDisks(systemMountPoint)).disks }),
    systemVolume: { offsetBytes: found.systemOffsetBytes, mountPoint: systemMountPoint },
    sanPolicy: facts.sanPolicy,
    primaryDiskGroup: facts.primaryDiskGroup,
    memory: systemHiveMemory(systemHive),
    hostName: config.hostName ?? facts.hostName,
    version: config.version ?? facts.version,
    systemDrive,
    // `accounts` below is made of the host's files; nobody asks before it is there.
    authenticate: async (user, password) => (await accounts.logOn(user, password, 'network')) === undefined,
    warn: log,
  });
  const accounts = new SamAccounts(mountedFiles(host), `${systemDrive}:\\Windows\\System32\\config`);
  const system = linuxSystemControl(config.shellProgram);
  await system.setHostName(host.hostName);
  const session = await sessionSource(config);
  // What a provider waits for is there before it is asked: a fork of the machine then has it too.
  const rdpOnDemand = session === undefined;
  const guest = await startGuest(
    {
      host,
      accounts,
      system,
      adapters: networkAdapters,
      accountFiles: { passwd: config.passwd, rdpSam: config.rdpSam },
      shellSocket: config.shellSocket,
      sftpProgram: '/opt/standin/sftp-view',
      session,
      quiet: quietTimes[config.role],
      ...(rehearsed ? {} : { warmUp: availableParallelism() > 1 ? 'at-once' : 'when-quiet' }),
      ...(config.servers ? { servers: linuxServers({ config, rdpOnDemand, tell: tellInit, log }) } : {}),
      networkUp: waitForFile('/run/standin/network'),
      onServersUp: () => tellInit('servers'),
      log,
    },
    config.screen ? [screenPart] : [],
  );
  serveGuestAgent({ accounts, run: runCommand, log }).catch((error: unknown) =>
    log(`The guest agent does not run: ${String(error)}`),
  );
  waitForFile('/run/standin/keys')
    .then(() => followPowerButton(new Keyboards({ find: findPowerButtons }), host, log))
    .catch((error: unknown) => log(`Nobody listens to the power button: ${String(error)}`));
  log(`${host.hostName} (${config.role}, Windows ${host.version}) answers at ${config.shellSocket}.`);
  await guest.settled.catch(async (cause: unknown) => {
    await guest[Symbol.asyncDispose]();
    throw cause;
  });
}

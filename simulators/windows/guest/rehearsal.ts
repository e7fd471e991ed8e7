import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInstalledStore } from '../../disk/bcd';
import { buildMbr } from '../../disk/mbr';
import { createSam, createSoftwareHive, createSystemHive } from '../../disk/sam';
import { type BlockDevices, LinuxWindowsHost, systemHiveMemory } from '../host';
import { mountedFiles } from '../shell';
import { prepareHostKey } from './host-key';
import { SamAccounts } from './sam-accounts';
import { startGuest } from './start-guest';
import { startSystemHive } from './start-system-hive';
import { readSystemFacts } from './system-facts';
import { SystemServers } from './system-servers';

const SIGNATURE = 0x52_4c_41_42;
const START_SECTOR = 2048;
const DISK_SECTORS = 8192;

/** What of the Linux below may be used, because it does no harm there. */
export interface RehearsedLinux {
  /** Runs some program. */
  readonly run: () => Promise<unknown>;
  readonly openDevice: BlockDevices['open'];
}

/**
 * Starts the service once on a small system in a folder, without touching the Linux below, and types commands into it. V8
 * compiles a function when it is first called, which takes longer under emulation than many a function: what was called
 * here is compiled in a snapshot that is made afterwards.
 */
export async function rehearse(linux?: RehearsedLinux): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rehearsal-'));
  const withoutStacks = !('AsyncDisposableStack' in globalThis);
  try {
    // V8 13 makes its newest globals when a program starts, and not for the one that a snapshot is made of.
    if (withoutStacks) Object.assign(globalThis, { AsyncDisposableStack: Owned });
    await makeSystem(folder);
    await startAndEnd(folder, linux);
  } finally {
    if (withoutStacks) Reflect.deleteProperty(globalThis, 'AsyncDisposableStack');
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeSystem(folder: string): Promise<void> {
  const config = join(folder, 'Windows/System32/config');
  await mkdir(config, { recursive: true });
  await mkdir(join(folder, 'Boot'));
  const bootKey = new Uint8Array(16).fill(1);
  const random = (length: number): Uint8Array => new Uint8Array(length).fill(2);
  const accounts = [{ name: 'Administrator', password: 'rehearsal', administrator: true }];
  const place = {
    kind: 'partition',
    style: 'mbr',
    signature: SIGNATURE,
    offsetBytes: START_SECTOR * 512,
  } as const;
  const store = createInstalledStore({ systemPartition: place, windowsPartition: place });
  await writeFile(join(folder, 'Boot/BCD'), store.serialize());
  await writeFile(join(folder, 'disk'), sampleDisk());
  const system = createSystemHive({ computerName: 'REHEARSAL', bootKey });
  await writeFile(join(config, 'SYSTEM'), system.serialize());
  await writeFile(join(config, 'SOFTWARE'), createSoftwareHive().serialize());
  await writeFile(join(config, 'SAM'), createSam({ bootKey, random, accounts }).serialize());
}

async function startAndEnd(folder: string, linux: RehearsedLinux | undefined): Promise<void> {
  const complaints: string[] = [];
  const log = (sentence: string): void => void complaints.push(sentence);
  const hive = await startSystemHive(folder, 'default');
  const facts = await readSystemFacts(folder);
  const host = await LinuxWindowsHost.start({
    devices: [{ path: join(folder, 'disk') }],
    systemVolume: { offsetBytes: START_SECTOR * 512, mountPoint: folder },
    blockDevices: {
      open: linux?.openDevice ?? (() => ({ ...diskOf(sampleDisk()), write: () => undefined })),
      partitionNode: (path, number) => `${path}${number}`,
    },
    run: async () => '',
    memory: systemHiveMemory(hive),
    authenticate: async () => true,
    warn: log,
    ...facts,
  });
  const accounts = new SamAccounts(mountedFiles(host), 'C:\\Windows\\System32\\config');
  const nobody = { listen: async () => undefined };
  await using guest = await startGuest(
    {
      host,
      accounts,
      log,
      system: {
        setHostName: async () => undefined,
        setClock: async () => undefined,
        addEntropy: async () => undefined,
      },
      adapters: async () => [],
      accountFiles: { passwd: join(folder, 'passwd'), rdpSam: join(folder, 'rdp.sam') },
      shellSocket: join(folder, 'shell.sock'),
      sftpProgram: '',
      session: undefined,
      servers: new SystemServers({
        ssh: nobody,
        rdp: nobody,
        filter: async () => undefined,
        remoteNames: async () => new Map(),
        log,
      }),
      warmUp: 'at-once',
    },
    [],
  );
  await guest.settled;
  await linux?.run();
  await prepareHostKey(join(folder, 'kept'), join(folder, 'used'));
  const refusal = await accounts.logOn('Administrator', 'rehearsal', 'network');
  if (refusal !== undefined) complaints.push(`The administrator was not let in: ${refusal}`);
  if (complaints.length > 0) throw new Error(`The service could not be rehearsed. ${complaints.join(' ')}`);
}

/** A disk with one partition, that is said to be NTFS and has nothing on it. */
function sampleDisk(): Uint8Array {
  const bytes = new Uint8Array(DISK_SECTORS * 512);
  const partition = { number: 1, active: true, type: 7, startSector: START_SECTOR, sizeSectors: 4096 };
  bytes.set(buildMbr({ signature: SIGNATURE, partitions: [partition] }, DISK_SECTORS));
  return bytes;
}

function diskOf(bytes: Uint8Array) {
  const read = (offset: number, length: number): Uint8Array => bytes.slice(offset, offset + length);
  return { sizeBytes: bytes.length, read };
}

/** As much of AsyncDisposableStack as the service uses. */
class Owned {
  readonly #owned: (Disposable | AsyncDisposable | null | undefined)[] = [];

  use<T extends Disposable | AsyncDisposable | null | undefined>(value: T): T {
    this.#owned.unshift(value);
    return value;
  }

  async disposeAsync(): Promise<void> {
    for (const one of this.#owned.splice(0))
      if (one) await (Symbol.asyncDispose in one ? one[Symbol.asyncDispose]() : one[Symbol.dispose]());
  }
}

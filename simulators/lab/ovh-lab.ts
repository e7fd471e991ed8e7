import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { LabImages, MirroredVolume } from '../../images';
import { type Fault, type LabClock, type OvhProvider, startOvhProvider, WINDOWS_RESCUE } from '../provider';
import {
  type BootTarget,
  type DedicatedMachine,
  overlayDisk,
  rawDisk,
  type ServerDisk,
  type WaypointShelf,
  writeDiskBytes,
} from '../server';
import type { MachineContext, Session } from '../vm';
import { BOOT_FAILURE, bootFailureTarget, rescueFiles, rescueTarget, walkingCode } from './boot-targets';
import type { InstalledImage } from './installed-servers';
import type { LabListener } from './lab-events';
import { choosePorts } from './ports';
import { WatchedDedicatedMachine } from './watched-machines';

const SERVER = {
  name: 'ns1111111.ip-203-0-113.eu',
  mac: '52:54:00:cb:00:71',
  os: 'win2008r2-std_64',
  memoryGB: 32,
};
/** RAM of the machine behind the server: the rescue system holds its images and a nested machine in it. */
const MEMORY_MIB = 2048;
/** What the signature becomes when a scenario breaks the boot configuration: any value the BCD does not name. */
const OTHER_SIGNATURE = 0x1badb002;
const SIGNATURE_OFFSET = 0x1b8;
/** From power-on to the failure screen, under emulation on a busy host (ms). */
const bootDeadline = 120_000;

export interface OvhLabOptions {
  readonly images: LabImages;
  /** What is installed on the server. */
  readonly installed: InstalledImage;
  readonly session: Session;
  readonly context: MachineContext;
  readonly shelf: WaypointShelf | undefined;
  readonly clock: LabClock;
  readonly faults: readonly Fault[];
  readonly tls?: boolean;
  readonly consoleUrl: (access: { readonly token: string }) => string;
  readonly onEvent: LabListener;
  /** Hears when the server's machine ends although nobody switched it off. */
  readonly onLost: (server: string, error: Error) => void;
}

/** The ovh family in a lab: the provider and one dedicated server with a system disk and a mirror of two dynamic disks. */
export class OvhLab implements AsyncDisposable {
  /** The boot configuration was broken on purpose: the next boot from disk will end on a failure screen. */
  #bootIsBroken = false;
  /** Taken once: a source file that is edited meanwhile is not what runs here. */
  readonly #code = walkingCode();

  private constructor(
    readonly provider: OvhProvider,
    readonly machine: DedicatedMachine,
    readonly mirror: MirroredVolume,
  ) {}

  static async start(options: OvhLabOptions): Promise<OvhLab> {
    const { images, installed, session, context, shelf, onEvent } = options;
    if (installed.firmware !== 'bios') {
      throw new RangeError('The dedicated server asks the network first, which here only a BIOS does.');
    }
    const folder = session.tempDir('ovh');
    const address = session.allocateAddress();
    const ports = await choosePorts(address);
    const netbootSocket = path.join(session.tempDir('net'), 'netboot.sock');
    const disks = [
      await overlayDisk(folder, 'system', installed.disk),
      await rawDisk(folder, 'data1', path.join(images.mirroredData, 'disk1.raw')),
      await rawDisk(folder, 'data2', path.join(images.mirroredData, 'disk2.raw')),
    ];
    const mirror = JSON.parse(
      await readFile(path.join(images.mirroredData, 'volume.json'), 'utf8'),
    ) as MirroredVolume;
    const machine: DedicatedMachine = new WatchedDedicatedMachine(
      {
        name: SERVER.name,
        mac: SERVER.mac,
        address,
        ports,
        memoryMiB: MEMORY_MIB,
        disks,
        netbootSocket,
        context,
        shelf,
        onEvent,
      },
      { switchedOff: () => machine.powerOff(), lost: (error) => options.onLost(SERVER.name, error) },
    );
    const provider = await startOvhProvider({
      servers: [
        {
          name: SERVER.name,
          ip: address,
          mac: SERVER.mac,
          os: SERVER.os,
          memory: SERVER.memoryGB,
          hardware: machine,
        },
      ],
      consoleUrl: options.consoleUrl,
      clock: options.clock,
      faults: options.faults,
      tls: options.tls ?? false,
    });
    provider.events.on('exchange', (exchange) => onEvent({ kind: 'exchange', ...exchange }));
    const netboot = await provider.startNetboot(SERVER.name, {
      socketPath: netbootSocket,
      files: rescueFiles(images),
    });
    const lab = new OvhLab(provider, machine, mirror);
    machine.asksNetwork = () => provider.core.server(SERVER.name).netboot === 'works';
    machine.bootTarget = () => lab.#bootTarget(images, () => netboot.holdSession());
    return lab;
  }

  /** The server's disks: the system disk, then the two halves of the mirror. */
  get systemDisk(): ServerDisk {
    return this.machine.options.disks[0]!;
  }

  get mirrorDisks(): readonly ServerDisk[] {
    return this.machine.options.disks.slice(1);
  }

  /** Gives the system disk of a server that is off another signature, which its boot configuration does not know. */
  async changeDiskSignature(): Promise<void> {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(OTHER_SIGNATURE);
    await writeDiskBytes(this.systemDisk, SIGNATURE_OFFSET, bytes);
    this.#bootIsBroken = true;
  }

  /** Puts the disks first in the boot order of the firmware, as an installer or `efibootmgr` does. */
  startFromDiskFirst(): void {
    this.provider.core.server(SERVER.name).netboot = 'boot order';
  }

  /** Tells the lab that a repair was made: the next boot from disk is not expected to fail. */
  expectBootFromDisk(): void {
    this.#bootIsBroken = false;
  }

  /** Breaks the boot configuration and switches the server on; resolves when it stands at its boot failure screen. */
  async standAtBootFailure(): Promise<void> {
    await this.changeDiskSignature();
    await this.machine.powerOn();
    await this.machine.serial.waitFor(BOOT_FAILURE, {
      what: "the boot manager's failure screen",
      deadline: bootDeadline,
    });
    // The walk hears the same line: after this turn its exchange for a fork has begun, and is waited for.
    await setImmediate();
    await this.machine.running();
    // Whoever works with the server from here on may repair it.
    this.expectBootFromDisk();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.machine[Symbol.asyncDispose]();
    await this.provider[Symbol.asyncDispose]();
  }

  #bootTarget(images: LabImages, holdSession: () => Disposable): BootTarget | undefined {
    const server = this.provider.core.server(SERVER.name);
    const entry = server.boots.find(({ bootId }) => bootId === server.bootId);
    if (entry?.kernel === WINDOWS_RESCUE && server.netboot === 'works') {
      return rescueTarget({
        code: this.#code,
        images,
        holdSession,
        provider: this.provider,
        server: SERVER.name,
      });
    }
    if (entry?.kernel !== 'hd') return undefined;
    return this.#bootIsBroken ? bootFailureTarget(this.#code) : undefined;
  }
}

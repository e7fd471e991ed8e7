import path from 'node:path';
import { type Fault, type LabClock, systemRandom } from '../provider';
import {
  DEFAULT_FLAVORS,
  type MetadataService,
  type NovaProvider,
  startMetadataService,
  startNovaProvider,
} from '../provider/nova';
import { type NovaMachine, overlayDisk, type ServerDisk, type WaypointShelf } from '../server';
import { type MachineContext, newUefiVariables, type Session } from '../vm';
import { bootFailureTarget, stockRescueTarget, walkingCode } from './boot-targets';
import { addRescueImage, type CloudChoice, chooseAgent, ephemeralDisk, volumeDisks } from './cloud-choice';
import type { InstalledImage } from './installed-servers';
import type { LabListener } from './lab-events';
import { choosePorts } from './ports';
import { WatchedNovaMachine } from './watched-machines';

const SERVER = { name: 'web-01', mac: 'fa:16:3e:5a:00:01' };
const MEMORY_MIB = 768;
/** How many volumes can be at the instance; each port costs its starts some time. */
const VOLUME_PORTS = 2;
/** `OS-EXT-STS:power_state` of a machine that runs. */
const POWERED_ON = 1;
/** From power-on to a login, under emulation on a busy host (ms). */
const bootDeadline = 300_000;

export interface NovaLabOptions {
  readonly choice?: CloudChoice;
  /** The disk of the rescue image, where one was chosen. */
  readonly rescueImage?: InstalledImage | undefined;
  /** The stock image that the instance was made from. */
  readonly installed: InstalledImage;
  readonly session: Session;
  readonly context: MachineContext;
  readonly shelf: WaypointShelf | undefined;
  readonly clock: LabClock;
  readonly consoleProxyUrl: () => string | undefined;
  readonly onEvent: LabListener;
  /** Hears when the instance's machine ends although nobody switched it off. */
  readonly onLost: (server: string, error: Error) => void;
  /** What goes wrong from the start. */
  readonly faults?: readonly Fault[];
}

/** The nova family in a lab: the cloud and one instance of the Windows stock image. */
export class NovaLab implements AsyncDisposable {
  #failureExpected = false;
  #pressed: () => void = () => undefined;

  private constructor(
    readonly provider: NovaProvider,
    readonly machine: NovaMachine,
    readonly serverId: string,
    readonly serverName: string,
    /** Id of the image that was chosen for rescues; undefined where none was. */
    readonly rescueImageId: string | undefined,
    private readonly metadata: MetadataService,
  ) {}

  /** Starts the cloud; the instance is there and stopped, as after `openstack server stop`. */
  static async start(options: NovaLabOptions): Promise<NovaLab> {
    const { installed, session, context, onEvent, choice = {} } = options;
    const folder = session.tempDir('nova');
    const address = session.allocateAddress();
    const { clock } = options;
    const provider = await startNovaProvider({
      clock,
      random: systemRandom(),
      consoleProxyUrl: options.consoleProxyUrl,
      ...(options.faults && { faults: options.faults }),
      ...(choice.virtDriver && { virtDriver: choice.virtDriver }),
      ...(choice.rescueTimeout && { rescueTimeout: choice.rescueTimeout }),
      flavors: DEFAULT_FLAVORS.map((flavor) => ({
        ...flavor,
        ephemeral: choice.ephemeral ? 1 : 0,
      })),
    });
    const stock = installed.disk;
    const imageDisks = new Map<string, string>();
    const imageDisk = (imageId: string): string => imageDisks.get(imageId) ?? stock;
    const rescueImageId = addRescueImage(provider, options, imageDisks);
    const uefiVariables = path.join(folder, 'uefi-variables.fd');
    if (installed.firmware === 'uefi') await newUefiVariables(uefiVariables);
    let instanceId = '';
    const metadataSocket = path.join(session.tempDir('net'), 'metadata.sock');
    const metadata = await startMetadataService({
      clock,
      socketPath: metadataSocket,
      access: () =>
        instanceId === '' ? undefined : provider.metadata.accessOf(provider.instances.get(instanceId)),
    });
    const hear: LabListener = (event) => {
      if (event.kind === 'power-button') lab.#pressed();
      onEvent(event);
    };
    const machine: NovaMachine = new WatchedNovaMachine(
      {
        name: SERVER.name,
        configDriveFiles: (adminPass) =>
          provider.metadata.configDriveOf(provider.instances.get(instanceId), adminPass),
        mac: SERVER.mac,
        address,
        ports: await choosePorts(address),
        memoryMiB: MEMORY_MIB,
        firmware: installed.firmware,
        ...(installed.firmware === 'uefi' ? { uefiVariables } : {}),
        root: await overlayDisk(folder, 'root', stock),
        moreDisks: choice.ephemeral ? [await ephemeralDisk(folder)] : [],
        agentUser: chooseAgent(provider, choice),
        volumePorts: VOLUME_PORTS,
        volumeDisk: volumeDisks(provider, { folder, imageDisk }),
        imageDisk,
        onSnapshot: (imageId, disk) => imageDisks.set(imageId, disk),
        folder,
        metadataSocket,
        clock,
        context,
        shelf: options.shelf,
        onEvent: hear,
      },
      {
        // Where the cloud asked for it, the cloud goes on by itself.
        switchedOff: async () => {
          if (machine.isAskedOff) return;
          await machine.stop();
          provider.switchedOff(instance.id);
        },
        lost: (error) => options.onLost(SERVER.name, error),
      },
    );
    const instance = await provider.adopt({
      name: SERVER.name,
      hypervisor: machine,
      configDrive: true,
      // Where it can be reached: what `openstack server list` and the panel show works.
      addresses: { public: [address] },
    });
    instanceId = instance.id;
    const code = walkingCode();
    const lab: NovaLab = new NovaLab(provider, machine, instance.id, SERVER.name, rescueImageId, metadata);
    machine.bootTarget = () => {
      const { rescueImage } = machine;
      if (rescueImage !== undefined) {
        // Without a config drive the guest asks for nothing that it could be held at.
        return instance.configDrive ? stockRescueTarget(code, metadata, rescueImage) : undefined;
      }
      return lab.#failureExpected ? bootFailureTarget(code) : undefined;
    };
    return lab;
  }

  /** Starts the instance, which is then ACTIVE; resolves when its Windows takes logins. */
  async switchOn(): Promise<void> {
    await this.machine.start();
    const instance = this.provider.instances.get(this.serverId);
    this.provider.instances.update(instance, { vmState: 'active', powerState: POWERED_ON });
    await this.machine.serial.waitFor(/servers are listening/, {
      what: 'Windows to come up',
      deadline: bootDeadline,
    });
  }

  /** Tells the lab that its disk was damaged: a boot from it is expected to fail, and is saved or forked as such. */
  expectBootFailure(expected = true): void {
    this.#failureExpected = expected;
  }

  /** Resolves when the power button of a server is pressed next. */
  powerButtonPressed(): Promise<void> {
    return new Promise((resolve) => {
      this.#pressed = resolve;
    });
  }

  /** The instance's own disk, wherever it is attached. */
  get originalDisk(): ServerDisk {
    return this.machine.options.root;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.machine[Symbol.asyncDispose]();
    await this.metadata[Symbol.asyncDispose]();
    await this.provider[Symbol.asyncDispose]();
  }
}

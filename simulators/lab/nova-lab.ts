import path from 'node:path';
import { type Fault, type LabClock, systemRandom } from '../provider';
import {
  DEFAULT_FLAVORS,
  type Instance,
  type MetadataService,
  type NovaProvider,
  startMetadataService,
  startNovaProvider,
} from '../provider/nova';
import { type NovaMachine, overlayDisk, type ServerDisk, type WaypointShelf } from '../server';
import { type MachineContext, newUefiVariables, type Session, type startMachine } from '../vm';
import { bootFailureTarget, stockRescueTarget, walkingCode } from './boot-targets';
import { addRescueImage, type CloudChoice, chooseAgent, ephemeralDisk } from './cloud-choice';
import { CloudMachines } from './cloud-machines';
import { hostRoom } from './host-room';
import type { InstalledImage } from './installed-servers';
import type { LabListener } from './lab-events';
import { choosePorts } from './ports';
import { VolumeDisks } from './volume-disks';
import { WatchedNovaMachine } from './watched-machines';

const SERVER = { name: 'web-01', mac: 'fa:16:3e:5a:00:01' };
const MEMORY_MIB = 768;
/** How many servers can have an address at a time. */
const ADDRESSES = 24;
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
  /** Default: QEMU. */
  readonly startVm?: typeof startMachine;
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
    private readonly created: CloudMachines,
  ) {}

  /** Starts the cloud; the instance is there and stopped, as after `openstack server stop`. */
  static async start(options: NovaLabOptions): Promise<NovaLab> {
    const { installed, session, context, onEvent, choice = {} } = options;
    const folder = session.tempDir('nova');
    const { first: address, last } = session.allocateNeighbours(ADDRESSES);
    const { clock } = options;
    const imageDisks = new Map<string, string>();
    const imageDisk = (imageId: string): string => {
      const disk = imageId === provider.image ? installed.disk : imageDisks.get(imageId);
      if (disk === undefined) throw new Error(`The image ${imageId} has no bytes.`);
      return disk;
    };
    const onSnapshot = (imageId: string, disk: string) => void imageDisks.set(imageId, disk);
    const hear: LabListener = (event) => {
      if (event.kind === 'power-button') lab.#pressed();
      onEvent(event);
    };
    const created = new CloudMachines({
      provider: () => provider,
      volumes: () => volumes,
      session,
      context,
      clock,
      memoryMiB: MEMORY_MIB,
      volumePorts: VOLUME_PORTS,
      firmware: installed.firmware,
      imageDisk,
      onSnapshot,
      imageFolder: folder,
      onEvent: hear,
      onLost: options.onLost,
      ...(options.startVm && { startVm: options.startVm }),
    });
    const memory = hostRoom(MEMORY_MIB);
    const { room } = choice;
    const provider: NovaProvider = await startNovaProvider({
      clock,
      random: systemRandom(),
      consoleProxyUrl: options.consoleProxyUrl,
      hypervisorFor: created.hypervisorFor,
      roomFor: ({ length }) => (room === undefined ? memory(length) : room - length),
      networks: { public: [loopbackNetwork(address, last)] },
      ...(options.faults && { faults: options.faults }),
      ...(choice.virtDriver && { virtDriver: choice.virtDriver }),
      ...(choice.rescueTimeout && { rescueTimeout: choice.rescueTimeout }),
      flavors: DEFAULT_FLAVORS.map((flavor) => ({
        ...flavor,
        ephemeral: choice.ephemeral ? 1 : 0,
      })),
    });
    const volumes = new VolumeDisks(provider, { folder, imageDisk });
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
    const machine: NovaMachine = new WatchedNovaMachine(
      {
        name: SERVER.name,
        configDriveFiles: (adminPass) =>
          instance.configDrive ? provider.metadata.configDriveOf(instance, adminPass) : undefined,
        mac: SERVER.mac,
        address,
        ports: await choosePorts(address),
        memoryMiB: MEMORY_MIB,
        firmware: installed.firmware,
        ...(installed.firmware === 'uefi' ? { uefiVariables } : {}),
        root: await overlayDisk(folder, 'root', installed.disk),
        moreDisks: choice.ephemeral ? [await ephemeralDisk(folder)] : [],
        agentUser: chooseAgent(provider, choice),
        volumePorts: VOLUME_PORTS,
        volumeDisk: (volumeId) => volumes.of(volumeId),
        imageDisk,
        onSnapshot,
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
      options.startVm,
    );
    const instance: Instance = await provider.adopt({
      name: SERVER.name,
      hypervisor: machine,
      configDrive: true,
      // Where it can be reached: what `openstack server list` and the panel show works.
      ports: { public: [{ address, version: 4, mac: SERVER.mac }] },
    });
    instanceId = instance.id;
    const code = walkingCode();
    const lab: NovaLab = new NovaLab(
      provider,
      machine,
      instance.id,
      SERVER.name,
      rescueImageId,
      metadata,
      created,
    );
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

  /** The machine of a server that a customer made; undefined where it was never started. */
  machineOf(serverId: string): NovaMachine | undefined {
    return serverId === this.serverId ? this.machine : this.created.of(serverId);
  }

  /** All machines that were started. */
  get machines(): readonly NovaMachine[] {
    return [this.machine, ...this.created.all];
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
    await this.created[Symbol.asyncDispose]();
    await this.machine[Symbol.asyncDispose]();
    await this.metadata[Symbol.asyncDispose]();
    await this.provider[Symbol.asyncDispose]();
  }
}

/** The public network of a cloud whose servers are reached at addresses of this computer: those from one to another. */
function loopbackNetwork(first: string, last: string): [string, string, string, string] {
  const prefix = first.slice(0, first.lastIndexOf('.'));
  return [`${prefix}.0/24`, `${prefix}.0`, first, last];
}

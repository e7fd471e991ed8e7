import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { LabClock } from '../provider';
import {
  administratorOf,
  hasGuestAgent,
  type Instance,
  type InstanceBlueprint,
  type NovaProvider,
  startMetadataService,
} from '../provider/nova';
import { blankDisk, type NovaMachine, overlayDisk, type ServerDisk } from '../server';
import { type MachineContext, newUefiVariables, type Session, type startMachine } from '../vm';
import type { LabListener } from './lab-events';
import { choosePorts } from './ports';
import { type Spawned, SpawnedServer } from './spawned-server';
import type { VolumeDisks } from './volume-disks';
import { WatchedNovaMachine } from './watched-machines';

const GIBIBYTE = 2 ** 30;
const MEBIBYTE = 2 ** 20;

export interface CloudMachinesOptions {
  readonly provider: () => NovaProvider;
  readonly volumes: () => VolumeDisks;
  readonly session: Session;
  readonly context: MachineContext;
  readonly clock: LabClock;
  readonly memoryMiB: number;
  readonly volumePorts: number;
  readonly firmware: 'bios' | 'uefi';
  /** The qcow2 disk of an image, by the image's id; throws where it has none. */
  readonly imageDisk: (imageId: string) => string;
  readonly onSnapshot: (imageId: string, disk: string) => void;
  /** Where the disks of images are kept. */
  readonly imageFolder: string;
  readonly onEvent: LabListener;
  /** Hears when a machine ends although nobody switched it off. */
  readonly onLost: (server: string, error: Error) => void;
  /** Default: QEMU. */
  readonly startVm?: typeof startMachine;
}

/**
 * The machines of servers that customers make: the image's bytes on a disk of the flavor's size, the port's MAC and
 * address, the flavor's other disks, volumes, a config drive where one was asked for.
 */
export class CloudMachines implements AsyncDisposable {
  readonly #servers = new Map<string, SpawnedServer>();

  constructor(private readonly options: CloudMachinesOptions) {}

  /** The machine of a server; undefined where it was never started, or is not one of these. */
  of(serverId: string): NovaMachine | undefined {
    return this.#servers.get(serverId)?.machine;
  }

  /** Those that were started, and not deleted. */
  get all(): readonly NovaMachine[] {
    return [...this.#servers.values()].flatMap(({ machine }) => machine ?? []);
  }

  readonly hypervisorFor = (blueprint: InstanceBlueprint): SpawnedServer => {
    const { id, imageProperties } = blueprint.instance;
    const server = new SpawnedServer(async () => {
      const owned = new AsyncDisposableStack();
      owned.defer(() => void this.#servers.delete(id));
      try {
        const machine = await this.#make(blueprint, owned);
        return { machine, [Symbol.asyncDispose]: () => owned.disposeAsync() };
      } catch (error) {
        await owned.disposeAsync();
        throw error;
      }
    }, hasGuestAgent(imageProperties));
    this.#servers.set(id, server);
    return server;
  };

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of this.#servers.values()) await server[Symbol.asyncDispose]();
  }

  async #make(blueprint: InstanceBlueprint, owned: AsyncDisposableStack): Promise<Spawned['machine']> {
    const { options } = this;
    const { session, clock, firmware } = options;
    const { instance, flavor, adminPass } = blueprint;
    const provider = options.provider();
    const name = nameOf(instance);
    const folder = session.tempDir(name);
    owned.defer(() => rm(folder, { recursive: true, force: true }));
    const metadataSocket = path.join(session.tempDir('net'), 'metadata.sock');
    owned.use(
      await startMetadataService({
        clock,
        socketPath: metadataSocket,
        access: () => provider.metadata.accessOf(instance),
      }),
    );
    const port = Object.values(instance.addresses)
      .flat()
      .find(({ version }) => version === 4);
    // Without a network there is a console nevertheless.
    const address = port?.address ?? session.allocateAddress();
    const uefiVariables = path.join(folder, 'uefi-variables.fd');
    if (firmware === 'uefi') await newUefiVariables(uefiVariables);
    const rootBytes = flavor.disk > 0 ? flavor.disk * GIBIBYTE : undefined;
    const machine: NovaMachine = new WatchedNovaMachine(
      {
        name,
        configDriveFiles: (password) =>
          instance.configDrive ? provider.metadata.configDriveOf(instance, password) : undefined,
        mac: port?.mac,
        address,
        ports: await choosePorts(address),
        memoryMiB: options.memoryMiB,
        firmware,
        ...(firmware === 'uefi' ? { uefiVariables } : {}),
        root: await this.#rootDisk(instance, folder, rootBytes),
        rootBytes,
        rootIsVolume: instance.imageId === undefined,
        places: blueprint.disks,
        moreDisks: await emptyDisks(folder, flavor),
        agentUser: hasGuestAgent(instance.imageProperties)
          ? administratorOf(instance.imageProperties)
          : undefined,
        volumePorts: options.volumePorts,
        volumeDisk: (volumeId) => options.volumes().of(volumeId),
        imageDisk: options.imageDisk,
        onSnapshot: options.onSnapshot,
        folder,
        imageFolder: options.imageFolder,
        metadataSocket,
        clock,
        context: options.context,
        onEvent: options.onEvent,
      },
      {
        switchedOff: async () => {
          if (machine.isAskedOff) return;
          await machine.stop();
          provider.switchedOff(instance.id);
        },
        lost: (error) => options.onLost(name, error),
      },
      options.startVm,
    );
    owned.use(machine);
    await machine.makeConfigDrive(adminPass);
    const volumes = instance.imageId === undefined ? instance.volumes.slice(1) : instance.volumes;
    for (const { id } of volumes) await machine.attachVolume(id);
    return machine;
  }

  async #rootDisk(
    { imageId, volumes }: Instance,
    folder: string,
    sizeBytes: number | undefined,
  ): Promise<ServerDisk> {
    return imageId === undefined
      ? this.options.volumes().of(volumes[0]?.id ?? '')
      : overlayDisk(folder, 'root', this.options.imageDisk(imageId), sizeBytes);
  }
}

/** A name for folders and command lines, whatever the customer calls the server. */
function nameOf({ name, id }: Instance): string {
  return `${name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 40)}-${id.slice(0, 8)}`;
}

/** The flavor's disks beside the root disk: empty ones. */
async function emptyDisks(
  folder: string,
  { ephemeral, swap }: { ephemeral: number; swap: number },
): Promise<ServerDisk[]> {
  return [
    ...(ephemeral > 0 ? [await blankDisk(folder, 'ephemeral0', ephemeral * GIBIBYTE)] : []),
    ...(swap > 0 ? [await blankDisk(folder, 'swap', swap * MEBIBYTE)] : []),
  ];
}

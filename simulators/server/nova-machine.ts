import { copyFile, mkdir, rm, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, type DiskPlace, type Hypervisor, type RescueOrder, SilentAgentError } from '../provider';
import {
  AgentSilence,
  createOverlay,
  type DiskDescription,
  type MachineContext,
  type MachineDescription,
  type RunningMachine,
  startMachine,
} from '../vm';
import type { BootTarget } from './boot-target';
import { makeConfigDrive } from './config-drive';
import { MachineSlot } from './machine-slot';
import { describePlacedDisks, type PlacedDisk } from './placed-disks';
import type { SerialLog } from './serial-log';
import { overlayDisk, type ServerDisk } from './server-disk';
import type { ServerListener } from './server-events';
import { switchOffGuest } from './switch-off-guest';
import type { WaypointShelf } from './waypoint-shelf';

export interface NovaMachineOptions {
  readonly name: string;
  /** What is on a config drive, by path; undefined as long as the instance is made without one. */
  readonly configDriveFiles: (adminPass: string) => ReadonlyMap<string, string | Uint8Array> | undefined;
  /** Undefined: it has no network card. */
  readonly mac: string | undefined;
  /** Where it is reached, and its console is. */
  readonly address: string;
  readonly ports: { readonly ssh: number; readonly rdp: number; readonly vnc: number };
  readonly memoryMiB: number;
  readonly firmware: 'bios' | 'uefi';
  /** With UEFI: keeps the instance's variables, in rescue too. */
  readonly uefiVariables?: string;
  readonly root: ServerDisk;
  /** What the guest finds of the root disk (bytes); default: what the image has. */
  readonly rootBytes?: number | undefined;
  /** The root disk is a volume, which is not made anew by a rebuild. */
  readonly rootIsVolume?: boolean;
  /** On which bus each disk is outside of rescue; where there is nothing of a disk, it is virtio. */
  readonly places?: () => readonly DiskPlace[];
  /** The disks beside the root disk, in their order: ephemeral ones and volumes. */
  readonly moreDisks?: readonly ServerDisk[];
  /** QEMU's guest agent runs in the guest, and sets the password of this user. */
  readonly agentUser?: string | undefined;
  /** How many volumes can be attached at once; default: none. */
  readonly volumePorts?: number;
  /** The disk of a volume, by the volume's id. */
  readonly volumeDisk?: (volumeId: string) => Promise<ServerDisk>;
  /** The qcow2 disk of an image, by the image's id. */
  readonly imageDisk: (imageId: string) => string;
  /** Hears where the disk of an image is that was made of this instance. */
  readonly onSnapshot?: (imageId: string, disk: string) => void;
  /** A folder of the run's own, for rescue disks and config drives. */
  readonly folder: string;
  /** Where the disks of images are kept that are made of this instance; default: `folder`. */
  readonly imageFolder?: string;
  /** What answers the instance's questions for its metadata listens here; undefined: nothing does. */
  readonly metadataSocket?: string;
  /** By which the guest's time to switch itself off is counted. */
  readonly clock: Clock;
  readonly context: MachineContext;
  readonly shelf?: WaypointShelf | undefined;
  readonly onEvent: ServerListener;
}

const CONFIG_DRIVE: DiskPlace = { role: 'config drive', bus: 'ide', device: 'cdrom', boots: false };

/**
 * A compute instance of the nova family. In rescue it boots a fresh copy of an image; which disks there are, in which
 * order and on which bus is the compute service's choice.
 */
export class NovaMachine implements Hypervisor, AsyncDisposable {
  readonly #slot: MachineSlot;
  #power: 'on' | 'off' | 'paused' = 'off';
  #askedOff = false;
  #target: (() => BootTarget | undefined) | undefined;
  #rescue:
    | { readonly folder: string; readonly image: string; readonly disks: readonly PlacedDisk[] }
    | undefined;
  #rescues = 0;
  /** The config drive outside of rescue. */
  #configDrive: ServerDisk | undefined;
  /** By the volumes' ids, in the order in which they came. */
  readonly #volumes = new Map<string, PlacedDisk>();
  readonly setPassword: Hypervisor['setPassword'];

  constructor(
    readonly options: NovaMachineOptions,
    startVm = startMachine,
  ) {
    const { name, context, shelf, onEvent } = options;
    this.#slot = new MachineSlot(
      { name, title: `The instance ${name}`, context, shelf, onEvent, power: () => this.#power },
      startVm,
    );
    const { agentUser } = options;
    this.setPassword =
      agentUser === undefined ? undefined : (password) => this.#setPassword(agentUser, password);
  }

  get serial(): SerialLog {
    return this.#slot.serial;
  }

  get output(): string {
    return this.serial.text;
  }

  /** Tells, at each power-on, where the boot will lead; undefined means: nothing to save or fork. */
  set bootTarget(target: () => BootTarget | undefined) {
    this.#target = target;
  }

  /** The disk of the image that the next boot's rescue disk is a copy of; undefined outside a rescue. */
  get rescueImage(): string | undefined {
    return this.#rescue?.image;
  }

  /** Where the running machine keeps its logs, for the evidence. */
  get logs(): MachineSlot['logs'] {
    return this.#slot.logs;
  }

  get power(): 'on' | 'off' | 'paused' {
    return this.#power;
  }

  get console(): string {
    return `${this.options.address}:${this.options.ports.vnc}`;
  }

  /** The running machine. Throws where there is none, with the reason of a failed boot where there was one. */
  running(): Promise<RunningMachine> {
    return this.#slot.running();
  }

  /** The disks in the order the guest finds them, without a config drive. */
  get disks(): readonly ServerDisk[] {
    return this.#placed()
      .filter(({ place }) => place?.role !== 'config drive')
      .map(({ disk }) => disk);
  }

  async start(): Promise<void> {
    if (this.#power === 'on') {
      return;
    }
    this.#switch('on');
    try {
      await this.#slot.start((trackReads) => this.description(trackReads), this.#target?.());
    } catch (error) {
      this.#switch('off');
      throw error;
    }
  }

  async stop(patience = 0): Promise<void> {
    if (patience > 0 && this.#power === 'on') await this.#switchOffGuest(patience);
    await this.#slot.stop();
    this.#switch('off');
  }

  /** The guest was asked to switch itself off, and what comes of it is awaited here. */
  get isAskedOff(): boolean {
    return this.#askedOff;
  }

  async reboot(patience: number): Promise<void> {
    await this.stop(patience);
    await this.start();
  }

  async pause(): Promise<void> {
    await (await this.running()).qmp.execute('stop');
    this.#switch('paused');
  }

  async unpause(): Promise<void> {
    await this.#goOn();
  }

  /** The memory of a suspended machine stays in its stopped process. */
  async suspend(): Promise<void> {
    await (await this.running()).qmp.execute('stop');
    this.#switch('off');
  }

  async resume(): Promise<void> {
    await this.#goOn();
  }

  async rescue(order: RescueOrder): Promise<void> {
    await this.stop(order.patience);
    const folder = path.join(this.options.folder, `rescue-${++this.#rescues}`);
    await mkdir(folder, { recursive: true });
    const more = [...(this.options.moreDisks ?? [])];
    const disks: PlacedDisk[] = [];
    for (const place of order.disks) {
      if (place.role === 'volume') disks.push({ ...this.#volumeAt(place.id ?? ''), place });
      else disks.push({ place, disk: await this.#rescueDisk(place, order, folder, more) });
    }
    this.#rescue = { folder, image: this.options.imageDisk(order.imageId), disks };
    await this.start();
  }

  async unrescue(): Promise<void> {
    await this.stop();
    if (this.#rescue) {
      await rm(this.#rescue.folder, { recursive: true, force: true });
      this.#rescue = undefined;
    }
    await this.start();
  }

  /** The root disk and the empty ones are made anew, and the config drive, which tells the new password. */
  async rebuild({ imageId, adminPass, patience }: Omit<RescueOrder, 'disks'>): Promise<void> {
    await this.stop(patience);
    const { root, rootIsVolume, rootBytes, moreDisks = [], imageDisk } = this.options;
    if (!rootIsVolume) {
      await rm(root.path, { force: true });
      const size = rootBytes === undefined ? {} : { sizeBytes: rootBytes };
      await createOverlay(imageDisk(imageId), root.path, { baseFormat: 'qcow2', ...size });
    }
    for (const { path: file } of moreDisks) {
      const { size } = await stat(file);
      await truncate(file, 0);
      await truncate(file, size);
    }
    await this.makeConfigDrive(adminPass);
    await this.start();
  }

  /** From the next start on the guest finds a config drive with this password. None where it is made without one. */
  async makeConfigDrive(adminPass: string): Promise<void> {
    this.#configDrive = await this.#configDriveIn(this.options.folder, adminPass);
  }

  /** A running machine stands still while its disk is copied: what the guest had written by then is in the image. */
  async snapshot(imageId: string): Promise<number> {
    const { folder, imageFolder = folder, root, onSnapshot } = this.options;
    const disk = path.join(imageFolder, `image-${imageId}.qcow2`);
    const machine = this.#power === 'on' ? await this.running() : undefined;
    await machine?.qmp.execute('stop');
    try {
      await copyFile(root.path, disk);
    } finally {
      await machine?.qmp.execute('cont');
    }
    onSnapshot?.(imageId, disk);
    return (await stat(disk)).size;
  }

  /** Plugs the volume's disk into a port; a machine that is off finds it there when it starts. */
  async attachVolume(volumeId: string): Promise<void> {
    const { volumeDisk, volumePorts = 0 } = this.options;
    const taken = [...this.#volumes.values()].map(({ port }) => port);
    const port = Array.from({ length: volumePorts }, (_, index) => index).find((one) => !taken.includes(one));
    if (volumeDisk === undefined || port === undefined) {
      throw new Error(
        `The instance ${this.options.name} has ports for ${volumePorts} volumes, and no free one.`,
      );
    }
    const placed: PlacedDisk = { disk: await volumeDisk(volumeId), port };
    if (this.#power !== 'off') {
      const [description] = describePlacedDisks([placed], false);
      await (await this.#slot.arrived()).plugDisk(description as DiskDescription);
    }
    this.#volumes.set(volumeId, placed);
  }

  /** Asks the guest for the volume's disk; a guest that does not answer keeps it. */
  async detachVolume(volumeId: string): Promise<void> {
    const { disk } = this.#volumeAt(volumeId);
    if (this.#power !== 'off') await (await this.#slot.arrived()).unplugDisk(disk.id);
    this.#volumes.delete(volumeId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** The machine as data. `trackReads`: note what the guest reads, for a waypoint. */
  description(trackReads = false): MachineDescription {
    const { mac, address, ports, metadataSocket, firmware, uefiVariables, agentUser } = this.options;
    const { volumePorts = 0 } = this.options;
    return {
      name: this.options.name,
      cpus: 1,
      memoryMiB: this.options.memoryMiB,
      firmware,
      ...(uefiVariables === undefined ? {} : { uefiVariables }),
      rng: true,
      bootMark: true,
      ...(agentUser !== undefined && { guestAgent: true }),
      ...(volumePorts > 0 && { hotPlugPorts: volumePorts }),
      vga: 'std',
      vnc: `${address}:${ports.vnc}`,
      disks: describePlacedDisks(this.#placed(), trackReads),
      ...(mac !== undefined && {
        nic: {
          mac,
          romFile: '',
          ...(metadataSocket
            ? { guestForwards: [{ address: '10.0.2.4', port: 80, unixSocket: metadataSocket }] }
            : {}),
          hostForwards: [
            { hostAddress: address, hostPort: ports.ssh, guestPort: 22 },
            { hostAddress: address, hostPort: ports.rdp, guestPort: 3389 },
          ],
        },
      }),
    };
  }

  #placed(): readonly PlacedDisk[] {
    const { root, moreDisks = [], places } = this.options;
    if (this.#rescue) return this.#rescue.disks;
    // Volumes stay at their ports.
    const own = (places?.() ?? []).filter(({ role }) => role !== 'volume' && role !== 'config drive');
    const disks = [root, ...moreDisks].map((disk, index) => ({
      disk,
      ...(own[index] && { place: own[index] }),
    }));
    const drive = this.#configDrive && [{ disk: this.#configDrive, place: CONFIG_DRIVE }];
    return [...disks, ...this.#volumes.values(), ...(drive ?? [])];
  }

  async #configDriveIn(folder: string, adminPass: string): Promise<ServerDisk | undefined> {
    const files = this.options.configDriveFiles(adminPass);
    if (files === undefined) return undefined;
    return { id: 'config-2', path: await makeConfigDrive(folder, files), format: 'raw', serial: '' };
  }

  /** What is attached at a place: a fresh copy of the image, a fresh config drive, or what the instance has. */
  async #rescueDisk(
    { role }: DiskPlace,
    { imageId, adminPass }: RescueOrder,
    folder: string,
    more: ServerDisk[],
  ): Promise<ServerDisk> {
    const { root, imageDisk } = this.options;
    switch (role) {
      case 'rescue':
        return overlayDisk(folder, 'rescue', imageDisk(imageId));
      case 'root':
        return root;
      case 'config drive': {
        const drive = await this.#configDriveIn(folder, adminPass);
        if (!drive) throw new Error(`The instance ${this.options.name} has no config drive.`);
        return drive;
      }
      default: {
        const disk = more.find(({ id }) => id.startsWith(role));
        if (!disk)
          throw new Error(`The instance ${this.options.name} has no ${role} disk that could be attached.`);
        return disk;
      }
    }
  }

  #volumeAt(volumeId: string): PlacedDisk {
    const placed = this.#volumes.get(volumeId);
    if (placed === undefined)
      throw new Error(`The volume ${volumeId} is not at the instance ${this.options.name}.`);
    return placed;
  }

  async #setPassword(user: string, password: string): Promise<void> {
    const { agent } = await this.running();
    const bytes = Buffer.from(password).toString('base64');
    try {
      await agent?.execute('guest-set-user-password', { username: user, password: bytes, crypted: false });
    } catch (error) {
      if (error instanceof AgentSilence) throw new SilentAgentError(error.message, { cause: error });
      throw error;
    }
  }

  async #switchOffGuest(seconds: number): Promise<void> {
    const { clock, name, onEvent } = this.options;
    const machine = await this.#slot.settled().catch(() => undefined);
    if (machine === undefined) return;
    this.#askedOff = true;
    const end = clock.now() + seconds * 1000;
    try {
      await switchOffGuest(machine, clock, seconds, () =>
        onEvent({ kind: 'power-button', server: name, seconds: Math.ceil((end - clock.now()) / 1000) }),
      );
    } finally {
      this.#askedOff = false;
    }
  }

  async #goOn(): Promise<void> {
    await (await this.running()).qmp.execute('cont');
    this.#switch('on');
  }

  #switch(power: 'on' | 'off' | 'paused'): void {
    if (this.#power !== power) {
      this.#power = power;
      this.options.onEvent({ kind: 'power', server: this.options.name, power });
    }
  }
}

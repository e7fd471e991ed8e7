import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Hypervisor } from '../provider';
import { type MachineContext, type MachineDescription, type RunningMachine, startMachine } from '../vm';
import type { BootTarget } from './boot-target';
import { makeConfigDrive } from './config-drive';
import { MachineSlot } from './machine-slot';
import type { SerialLog } from './serial-log';
import { describeDisk, overlayDisk, type ServerDisk } from './server-disk';
import type { ServerListener } from './server-events';
import type { WaypointShelf } from './waypoint-shelf';

export interface NovaMachineOptions {
  readonly name: string;
  readonly instanceId: () => string;
  readonly mac: string;
  readonly address: string;
  readonly ports: { readonly ssh: number; readonly rdp: number; readonly vnc: number };
  readonly memoryMiB: number;
  readonly firmware: 'bios' | 'uefi';
  /** With UEFI: keeps the instance's variables, in rescue too. */
  readonly uefiVariables?: string;
  readonly root: ServerDisk;
  /** The disk of a stock image, by the image's id. */
  readonly imageDisk: (imageId: string) => string;
  /** A folder of the run's own, for rescue disks and config drives. */
  readonly folder: string;
  /** What answers the instance's questions for its metadata listens here; undefined: nothing does. */
  readonly metadataSocket?: string;
  readonly context: MachineContext;
  readonly shelf?: WaypointShelf | undefined;
  readonly onEvent: ServerListener;
}

/**
 * A compute instance of the nova family. In rescue it boots a fresh copy of the stock image; the original disk comes
 * second, the config drive with the password last (facts: nova 2.5, libvirt's order).
 */
export class NovaMachine implements Hypervisor, AsyncDisposable {
  readonly #slot: MachineSlot;
  #power: 'on' | 'off' | 'paused' = 'off';
  #target: (() => BootTarget | undefined) | undefined;
  #rescue: { readonly disk: ServerDisk; readonly configDrive: string } | undefined;
  #rescues = 0;

  constructor(
    readonly options: NovaMachineOptions,
    startVm = startMachine,
  ) {
    const { name, context, shelf, onEvent } = options;
    this.#slot = new MachineSlot(
      { name, title: `The instance ${name}`, context, shelf, onEvent, power: () => this.#power },
      startVm,
    );
  }

  get serial(): SerialLog {
    return this.#slot.serial;
  }

  /** Tells, at each power-on, where the boot will lead; undefined means: nothing to save or fork. */
  set bootTarget(target: () => BootTarget | undefined) {
    this.#target = target;
  }

  /** The next boot is that of a rescue disk. */
  get inRescue(): boolean {
    return this.#rescue !== undefined;
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

  /** The disks in the order the guest finds them; the first is booted. */
  get disks(): readonly ServerDisk[] {
    return this.#rescue ? [this.#rescue.disk, this.options.root] : [this.options.root];
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

  async stop(): Promise<void> {
    await this.#slot.stop();
    this.#switch('off');
  }

  async reboot(_kind: 'soft' | 'hard'): Promise<void> {
    await this.stop();
    await this.start();
  }

  async rescue({ imageId, adminPass }: { imageId: string; adminPass: string }): Promise<void> {
    await this.stop();
    const folder = path.join(this.options.folder, `rescue-${++this.#rescues}`);
    await mkdir(folder, { recursive: true });
    this.#rescue = {
      disk: await overlayDisk(folder, 'rescue', this.options.imageDisk(imageId)),
      configDrive: await makeConfigDrive(folder, {
        uuid: this.options.instanceId(),
        name: this.options.name,
        admin_pass: adminPass,
      }),
    };
    await this.start();
  }

  async unrescue(): Promise<void> {
    await this.stop();
    if (this.#rescue) {
      await rm(path.dirname(this.#rescue.disk.path), { recursive: true, force: true });
      this.#rescue = undefined;
    }
    await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** The machine as data. `trackReads`: note what the guest reads, for a waypoint. */
  description(trackReads = false): MachineDescription {
    const { address, ports, metadataSocket, firmware, uefiVariables } = this.options;
    return {
      name: this.options.name,
      cpus: 2,
      memoryMiB: this.options.memoryMiB,
      firmware,
      ...(uefiVariables === undefined ? {} : { uefiVariables }),
      rng: true,
      vga: 'std',
      vnc: `${address}:${ports.vnc}`,
      disks: [
        ...this.disks.map((disk, index) => ({
          // A rescue disk is new and stands on the image: the waypoint keeps it, whatever the guest has written.
          ...describeDisk(disk, trackReads && disk !== this.#rescue?.disk),
          bootIndex: index,
        })),
        ...(this.#rescue
          ? [
              {
                id: 'config-2',
                path: this.#rescue.configDrive,
                format: 'raw',
                interface: 'ide-cdrom',
                readOnly: true,
                ...(trackReads ? { trackReads } : {}),
              } as const,
            ]
          : []),
      ],
      nic: {
        mac: this.options.mac,
        romFile: '',
        ...(metadataSocket
          ? { guestForwards: [{ address: '10.0.2.4', port: 80, unixSocket: metadataSocket }] }
          : {}),
        hostForwards: [
          { hostAddress: address, hostPort: ports.ssh, guestPort: 22 },
          { hostAddress: address, hostPort: ports.rdp, guestPort: 3389 },
        ],
      },
    };
  }

  #switch(power: 'on' | 'off'): void {
    if (this.#power !== power) {
      this.#power = power;
      this.options.onEvent({ kind: 'power', server: this.options.name, power });
    }
  }
}

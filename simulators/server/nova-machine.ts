import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Hypervisor } from '../provider';
import { type MachineContext, type MachineDescription, type RunningMachine, startMachine } from '../vm';
import { makeConfigDrive } from './config-drive';
import { SerialLog } from './serial-log';
import { describeDisk, overlayDisk, type ServerDisk } from './server-disk';
import type { ServerListener } from './server-events';

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
  readonly context: MachineContext;
  readonly onEvent: ServerListener;
}

/**
 * A compute instance of the nova family. In rescue it boots a fresh copy of the stock image; the original disk comes
 * second, the config drive with the password last (facts: nova 2.5, libvirt's order).
 */
export class NovaMachine implements Hypervisor, AsyncDisposable {
  readonly serial = new SerialLog();
  #machine: RunningMachine | undefined;
  #power: 'on' | 'off' | 'paused' = 'off';
  #rescue: { readonly disk: ServerDisk; readonly configDrive: string } | undefined;
  #rescues = 0;

  constructor(
    readonly options: NovaMachineOptions,
    private readonly startVm = startMachine,
  ) {}

  get power(): 'on' | 'off' | 'paused' {
    return this.#power;
  }

  get console(): string {
    return `${this.options.address}:${this.options.ports.vnc}`;
  }

  /** The running machine. Throws where there is none. */
  async running(): Promise<RunningMachine> {
    if (!this.#machine) {
      throw new Error(
        `The instance ${this.options.name} has no running machine: its power is ${this.#power}.`,
      );
    }
    return this.#machine;
  }

  /** The disks in the order the guest finds them; the first is booted. */
  get disks(): readonly ServerDisk[] {
    return this.#rescue ? [this.#rescue.disk, this.options.root] : [this.options.root];
  }

  async start(): Promise<void> {
    if (this.#machine) {
      return;
    }
    this.#machine = await this.startVm(this.description(), this.options.context);
    this.serial.attach(this.#machine);
    this.#switch('on');
  }

  async stop(): Promise<void> {
    this.serial.detach();
    const machine = this.#machine;
    this.#machine = undefined;
    await machine?.[Symbol.asyncDispose]();
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

  description(): MachineDescription {
    const { address, ports, firmware, uefiVariables } = this.options;
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
        ...this.disks.map((disk, index) => ({ ...describeDisk(disk, false), bootIndex: index })),
        ...(this.#rescue
          ? [
              {
                id: 'config-2',
                path: this.#rescue.configDrive,
                format: 'raw',
                interface: 'ide-cdrom',
                readOnly: true,
              } as const,
            ]
          : []),
      ],
      nic: {
        mac: this.options.mac,
        romFile: '',
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

import { type MachineContext, type MachineDescription, type RunningMachine, startMachine } from '../vm';
import { SerialLog } from './serial-log';
import { describeDisk, type ServerDisk } from './server-disk';

export interface InstalledServerOptions {
  readonly name: string;
  readonly mac: string;
  /** The server's own loopback address. */
  readonly address: string;
  readonly ports: { readonly ssh: number; readonly rdp: number; readonly vnc: number };
  readonly memoryMiB: number;
  readonly firmware: 'bios' | 'uefi';
  /** With UEFI: keeps the server's variables (see `newUefiVariables`). */
  readonly uefiVariables?: string;
  /** In the order in which the firmware tries them. */
  readonly disks: readonly ServerDisk[];
  readonly context: MachineContext;
}

/** A server without a provider: it starts from its disks, and nothing else happens. */
export class InstalledServer implements AsyncDisposable {
  readonly serial = new SerialLog();
  #machine: RunningMachine | undefined;

  constructor(
    readonly options: InstalledServerOptions,
    private readonly start = startMachine,
  ) {}

  /** The running machine. Throws where there is none. */
  get running(): RunningMachine {
    if (!this.#machine) throw new Error(`The server ${this.options.name} is switched off.`);
    return this.#machine;
  }

  /** Where its picture is. */
  get console(): string {
    return `${this.options.address}:${this.options.ports.vnc}`;
  }

  async powerOn(): Promise<void> {
    if (this.#machine) return;
    this.#machine = await this.start(this.description(), this.options.context);
    this.serial.attach(this.#machine);
  }

  async powerOff(): Promise<void> {
    this.serial.detach();
    const machine = this.#machine;
    this.#machine = undefined;
    await machine?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.powerOff();
  }

  /** The machine as data. */
  description(): MachineDescription {
    const { name, mac, address, ports, memoryMiB, firmware, uefiVariables, disks } = this.options;
    return {
      name,
      cpus: 1,
      memoryMiB,
      firmware,
      ...(uefiVariables === undefined ? {} : { uefiVariables }),
      rng: true,
      vga: 'std',
      vnc: `${address}:${ports.vnc}`,
      disks: disks.map((disk, index) => ({ ...describeDisk(disk, false), bootIndex: index })),
      nic: {
        mac,
        romFile: '',
        hostForwards: [
          { hostAddress: address, hostPort: ports.ssh, guestPort: 22 },
          { hostAddress: address, hostPort: ports.rdp, guestPort: 3389 },
        ],
      },
    };
  }
}

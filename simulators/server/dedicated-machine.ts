import type { PhysicalServer } from '../provider';
import { type MachineContext, type MachineDescription, type RunningMachine, startMachine } from '../vm';
import type { BootTarget } from './boot-target';
import { MachineSlot } from './machine-slot';
import type { SerialLog } from './serial-log';
import { describeDisk, type ServerDisk } from './server-disk';
import type { ServerListener } from './server-events';
import type { WaypointShelf } from './waypoint-shelf';

export interface DedicatedMachineOptions {
  readonly name: string;
  readonly mac: string;
  /** The server's own loopback address: SSH, RDP and the KVM console are there. */
  readonly address: string;
  readonly ports: { readonly ssh: number; readonly rdp: number; readonly vnc: number };
  readonly memoryMiB: number;
  readonly disks: readonly ServerDisk[];
  /** The provider's netboot for this server listens here. */
  readonly netbootSocket: string;
  readonly context: MachineContext;
  readonly shelf: WaypointShelf | undefined;
  readonly onEvent: ServerListener;
}

/**
 * The physical server of the ovh family: firmware that asks the network first, disks, one NIC, a KVM console. A boot
 * whose way is known (the network's answer, and everything that was read from the disks, are as before) is forked
 * from a waypoint instead of walked again; the first of its kind is saved on the way.
 */
export class DedicatedMachine implements PhysicalServer, AsyncDisposable {
  readonly #slot: MachineSlot;
  readonly lostDisks = new Set<number>();
  #power: 'on' | 'off' = 'off';
  #target: (() => BootTarget | undefined) | undefined;
  /** Whether the firmware asks the network before the disks, looked at by each power-on. */
  asksNetwork: () => boolean = () => true;

  constructor(
    readonly options: DedicatedMachineOptions,
    start = startMachine,
  ) {
    const { name, context, shelf, onEvent } = options;
    this.#slot = new MachineSlot(
      { name, title: `The server ${name}`, context, shelf, onEvent, power: () => this.#power },
      start,
    );
  }

  get serial(): SerialLog {
    return this.#slot.serial;
  }

  /** Tells, at each power-on, where the boot will lead; undefined means: nothing to save or fork. */
  set bootTarget(target: () => BootTarget | undefined) {
    this.#target = target;
  }

  get power(): 'on' | 'off' {
    return this.#power;
  }

  get console(): string {
    return `${this.options.address}:${this.options.ports.vnc}`;
  }

  /** The running machine. Throws where there is none, with the reason of a failed boot where there was one. */
  running(): Promise<RunningMachine> {
    return this.#slot.running();
  }

  async powerOn(): Promise<void> {
    if (this.#power === 'on') {
      return;
    }
    this.#power = 'on';
    this.options.onEvent({ kind: 'power', server: this.options.name, power: 'on' });
    await this.#slot.start((trackReads) => this.description(trackReads), this.#target?.());
  }

  async powerOff(): Promise<void> {
    await this.#slot.stop();
    if (this.#power === 'on') {
      this.#power = 'off';
      this.options.onEvent({ kind: 'power', server: this.options.name, power: 'off' });
    }
  }

  async hardReset(): Promise<void> {
    await this.powerOff();
    await this.powerOn();
  }

  loseDisk(number: number): void {
    this.lostDisks.add(number);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.powerOff();
  }

  /** Where the running machine keeps its logs, for the evidence. */
  get logs(): MachineSlot['logs'] {
    return this.#slot.logs;
  }

  /** The machine as data. `trackReads`: note what the guest reads, for a waypoint. */
  description(trackReads: boolean): MachineDescription {
    const { address, ports } = this.options;
    const asksNetwork = this.asksNetwork();
    return {
      name: this.options.name,
      cpus: 2,
      memoryMiB: this.options.memoryMiB,
      firmware: 'bios',
      nestedVirtualization: true,
      rng: true,
      vga: 'std',
      vnc: `${address}:${ports.vnc}`,
      disks: this.options.disks
        .filter((_disk, number) => !this.lostDisks.has(number))
        .map((disk, index) => ({
          ...describeDisk(disk, trackReads),
          ...(!asksNetwork && { bootIndex: index }),
        })),
      nic: {
        mac: this.options.mac,
        ...(asksNetwork && { bootIndex: 0 }),
        bootFile: 'http://10.0.2.4/boot.ipxe',
        guestForwards: [{ address: '10.0.2.4', port: 80, unixSocket: this.options.netbootSocket }],
        hostForwards: [
          { hostAddress: address, hostPort: ports.ssh, guestPort: 22 },
          { hostAddress: address, hostPort: ports.rdp, guestPort: 3389 },
        ],
      },
    };
  }
}

import path from 'node:path';
import type { PhysicalServer } from '../provider';
import { type MachineContext, type MachineDescription, type RunningMachine, startMachine } from '../vm';
import { bootKey } from './boot-key';
import type { BootTarget } from './boot-target';
import { SerialLog } from './serial-log';
import { describeDisk, type ServerDisk } from './server-disk';
import type { ServerListener } from './server-events';
import type { ShelvedFork, WaypointShelf } from './waypoint-shelf';

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

/** From power-on to a saved state, under emulation on a loaded machine (ms). */
const walkDeadline = 300_000;

/**
 * The physical server of the ovh family: firmware that asks the network first, disks, one NIC, a KVM console. A boot
 * whose way is known (the network's answer, and everything that was read from the disks, are as before) is forked
 * from a waypoint instead of walked again; the first of its kind is saved on the way.
 */
export class DedicatedMachine implements PhysicalServer, AsyncDisposable {
  readonly serial = new SerialLog();
  readonly lostDisks = new Set<number>();
  #machine: RunningMachine | undefined;
  #power: 'on' | 'off' = 'off';
  #walk: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  #target: (() => BootTarget | undefined) | undefined;
  #failure: unknown;
  #exchange: Promise<unknown> | undefined;

  constructor(
    readonly options: DedicatedMachineOptions,
    private readonly start = startMachine,
  ) {}

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

  /**
   * The running machine; waits while a saved boot is being exchanged for its fork. Throws where there is none, with
   * the reason of a failed boot where there was one.
   */
  async running(): Promise<RunningMachine> {
    await this.#exchange;
    if (!this.#machine) {
      throw new Error(
        `The server ${this.options.name} has no running machine: its power is ${this.#power}.`,
        {
          cause: this.#failure,
        },
      );
    }
    return this.#machine;
  }

  async powerOn(): Promise<void> {
    if (this.#power === 'on') {
      return;
    }
    this.#power = 'on';
    this.#failure = undefined;
    this.options.onEvent({ kind: 'power', server: this.options.name, power: 'on' });
    const target = this.options.shelf && this.#target?.();
    if (target && this.options.shelf) {
      await this.#startTowards(target, this.options.shelf);
    } else {
      this.#adopt({
        machine: await this.start(this.description(false), this.options.context),
        serialBefore: '',
      });
    }
  }

  async powerOff(): Promise<void> {
    this.#walk?.abort.abort(new Error(`The server ${this.options.name} was switched off.`));
    await this.#walk?.done;
    this.#walk = undefined;
    this.serial.detach();
    const machine = this.#machine;
    this.#machine = undefined;
    await machine?.[Symbol.asyncDispose]();
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

  /** The machine as data. `trackReads`: note what the guest reads, for a waypoint. */
  description(trackReads: boolean): MachineDescription {
    const { address, ports } = this.options;
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
        .map((disk) => describeDisk(disk, trackReads)),
      nic: {
        mac: this.options.mac,
        bootIndex: 0,
        bootFile: 'http://10.0.2.4/boot.ipxe',
        guestForwards: [{ address: '10.0.2.4', port: 80, unixSocket: this.options.netbootSocket }],
        hostForwards: [
          { hostAddress: address, hostPort: ports.ssh, guestPort: 22 },
          { hostAddress: address, hostPort: ports.rdp, guestPort: 3389 },
        ],
      },
    };
  }

  async #startTowards(target: BootTarget, shelf: WaypointShelf): Promise<void> {
    const { context, name, onEvent } = this.options;
    const description = this.description(true);
    const started = performance.now();
    const key = await bootKey(description, context.accelerator, target);
    const fork = await shelf.fork(key, description, context);
    if (fork) {
      onEvent({ kind: 'forked', server: name, to: target.name, milliseconds: performance.now() - started });
      this.#adopt(fork);
      return;
    }
    onEvent({ kind: 'walking', server: name, to: target.name });
    const walker = await this.start(description, await shelf.walking(context));
    this.#adopt({ machine: walker, serialBefore: '' });
    const abort = new AbortController();
    // Power is on; the guest is on its way. The rest happens behind the caller's back, as it does in a real server.
    this.#walk = { abort, done: this.#finishWalk(walker, key, target, shelf, abort.signal) };
  }

  async #finishWalk(
    walker: RunningMachine,
    key: string,
    target: BootTarget,
    shelf: WaypointShelf,
    signal: AbortSignal,
  ): Promise<void> {
    const { context, name, onEvent } = this.options;
    const hold = target.hold();
    try {
      await target.reached(walker, AbortSignal.any([signal, AbortSignal.timeout(walkDeadline)]));
      const started = performance.now();
      this.#machine = undefined;
      const saving = shelf.saveAndFork(key, walker, context);
      this.#exchange = saving.catch(() => undefined);
      const fork = await saving;
      onEvent({ kind: 'saved', server: name, to: target.name, milliseconds: performance.now() - started });
      // The walker's text is already in the log: it is the same text.
      this.#adopt({ ...fork, serialBefore: '' });
    } catch (cause) {
      // Half-way into the exchange it stands for the server no longer, and would keep its ports.
      if (this.#machine !== walker) await walker[Symbol.asyncDispose]();
      if (!signal.aborted) {
        this.#fail(cause);
      }
    } finally {
      hold[Symbol.dispose]();
    }
  }

  #fail(cause: unknown): void {
    this.#failure = cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.options.onEvent({ kind: 'failed', server: this.options.name, reason });
  }

  #adopt({ machine, serialBefore }: ShelvedFork): void {
    this.#machine = machine;
    this.serial.attach(machine, serialBefore);
  }

  /** Where the running machine keeps its logs, for the evidence. */
  get logs(): { readonly serial: string; readonly qmp: string } | undefined {
    return (
      this.#machine && {
        serial: path.join(this.#machine.directory, 'serial.log'),
        qmp: path.join(this.#machine.directory, 'qmp.log'),
      }
    );
  }
}

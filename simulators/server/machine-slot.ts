import path from 'node:path';
import { type MachineContext, type MachineDescription, type RunningMachine, startMachine } from '../vm';
import { waitingFor } from '../waits';
import { bootKey } from './boot-key';
import type { BootTarget } from './boot-target';
import { MarkedBoots } from './marked-boots';
import { SerialLog } from './serial-log';
import type { ServerListener } from './server-events';
import type { ShelvedFork, WaypointShelf } from './waypoint-shelf';

export interface MachineSlotOptions {
  /** How events and errors call the server. */
  readonly name: string;
  /** e.g. `The server ns1`: begins the sentences of its errors. */
  readonly title: string;
  readonly context: MachineContext;
  readonly shelf: WaypointShelf | undefined;
  readonly onEvent: ServerListener;
  /** What the power is, for the error of a slot that is empty. */
  readonly power: () => string;
}

/** From power-on to a saved state, under emulation on a loaded machine (ms). */
const walkDeadline = 300_000;

/**
 * Where a server's machine runs, if one does. A boot whose way is known (what the network says, and everything that was
 * read from the disks, are as before) is forked from a waypoint instead of walked again; the first of its kind is saved
 * on the way. A boot from disk to who knows where starts at least where the boot manager does (`MarkedBoots`).
 */
export class MachineSlot {
  readonly serial = new SerialLog();
  #machine: RunningMachine | undefined;
  #walk: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  #failure: unknown;
  #exchange: Promise<unknown> | undefined;
  readonly #marks: MarkedBoots | undefined;

  constructor(
    private readonly options: MachineSlotOptions,
    private readonly startVm = startMachine,
  ) {
    const { shelf } = options;
    this.#marks = shelf && new MarkedBoots({ ...options, shelf, startVm });
  }

  /**
   * The running machine; waits while a saved boot is being exchanged for its fork. Throws where there is none, with
   * the reason of a failed boot where there was one.
   */
  async running(): Promise<RunningMachine> {
    if (this.#exchange) await waitingFor('saving a boot', async () => this.#exchange);
    if (this.#marks?.still) await waitingFor('saving a boot', async () => this.#marks?.still);
    if (!this.#machine) {
      throw new Error(`${this.options.title} has no running machine: its power is ${this.options.power()}.`, {
        cause: this.#failure,
      });
    }
    return this.#machine;
  }

  /** The same, not before a machine that is on its way to a saved state is there: what is plugged in meanwhile would be saved. */
  async arrived(): Promise<RunningMachine> {
    await this.#marks?.stop(`The hardware of ${this.options.title} changes.`);
    await this.#walk?.done;
    return this.running();
  }

  /** The same; a machine that is on its way to a saved state stays as it is, and nothing is saved. */
  async settled(): Promise<RunningMachine> {
    this.#walk?.abort.abort(new Error(`${this.options.title} is not to be saved.`));
    return this.arrived();
  }

  /**
   * Starts a machine in an empty slot.
   * @param descriptionOf the machine as data; `trackReads`: note what the guest reads, for a waypoint
   * @param target where the boot will lead; undefined means: nothing to save or fork
   */
  async start(
    descriptionOf: (trackReads: boolean) => MachineDescription,
    target: BootTarget | undefined,
  ): Promise<void> {
    this.#failure = undefined;
    const { shelf, context } = this.options;
    // Where such a boot ends depends on the disk as it is now: from the mark it is there in seconds.
    const marked = target?.readsDisk ? await this.#marks?.startMarked(descriptionOf(false)) : undefined;
    if (marked) this.#adopt(marked);
    else if (target && shelf) await this.#startTowards(target, shelf, descriptionOf(true));
    else if (this.#marks) this.#adopt(await this.#marks.start(descriptionOf(false)));
    else this.#adopt({ machine: await this.startVm(descriptionOf(false), context), serialBefore: '' });
  }

  /** Ends the machine, also one that is on its way to a waypoint. */
  async stop(): Promise<void> {
    this.#walk?.abort.abort(new Error(`${this.options.title} was switched off.`));
    await this.#walk?.done;
    this.#walk = undefined;
    await this.#marks?.stop(`${this.options.title} was switched off.`);
    this.serial.detach();
    const machine = this.#machine;
    this.#machine = undefined;
    await machine?.[Symbol.asyncDispose]();
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

  async #startTowards(
    target: BootTarget,
    shelf: WaypointShelf,
    description: MachineDescription,
  ): Promise<void> {
    const { context, name, onEvent } = this.options;
    const started = performance.now();
    const key = await bootKey(description, context.accelerator, target);
    const fork = await waitingFor('fork of a saved boot', () => shelf.fork(key, description, context));
    if (fork) {
      onEvent({ kind: 'forked', server: name, to: target.name, milliseconds: performance.now() - started });
      this.#adopt(fork);
      return;
    }
    onEvent({ kind: 'walking', server: name, to: target.name });
    const walker = await this.startVm(description, await shelf.walking(context));
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
      this.#exchange = saving.catch((cause: unknown) => {
        this.#failure = cause;
      });
      const fork = await saving;
      onEvent({ kind: 'saved', server: name, to: target.name, milliseconds: performance.now() - started });
      // The walker's text is already in the log: it is the same text.
      this.#adopt({ ...fork, serialBefore: '' });
    } catch (cause) {
      // Half-way into the exchange it stands for the server no longer, and would keep its ports.
      if (this.#machine !== walker) await walker[Symbol.asyncDispose]();
      if (!signal.aborted) this.#fail(cause);
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
}

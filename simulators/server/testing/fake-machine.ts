import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import {
  type DiskDescription,
  type MachineContext,
  type MachineDescription,
  qemuVersion,
  type RunningMachine,
} from '../../vm';
import { SerialConsole } from '../../vm/serial-console';
import { neutralArguments } from '../../vm/waypoint/neutral-arguments';
import { openWaypoint, type Waypoint } from '../../vm/waypoint/waypoint';

/** A machine without QEMU: a real serial console that the test prints on, and waypoints that are a manifest only. */
export class FakeMachine {
  readonly pid = 1;
  readonly commandLine = ['qemu-system-x86_64', '-name', 'fake'];
  readonly directory = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-machine-'));
  readonly serial: SerialConsole;
  ended = false;
  readonly #line = new PassThrough();

  constructor(
    readonly description: MachineDescription,
    readonly context: MachineContext,
  ) {
    this.serial = new SerialConsole(this.#line, async (sentence) => new Error(sentence));
  }

  /** The guest prints this; resolves when it has arrived. */
  async prints(text: string): Promise<void> {
    this.#line.write(text);
    await new Promise(setImmediate);
  }

  /** How often its power button was pressed, and what the guest does then; by default nothing. */
  presses = 0;
  onPowerButton = (): void => undefined;
  #exit: () => void = () => undefined;
  readonly #exited = new Promise<{ code: number }>((resolve) => {
    this.#exit = () => resolve({ code: 0 });
  });

  async powerdown(): Promise<void> {
    this.presses += 1;
    this.onPowerButton();
  }

  switchesItselfOff(): void {
    this.#exit();
  }

  waitForExit(): Promise<{ code: number }> {
    return this.#exited;
  }

  /** What was plugged in and taken out, such as `+ data at 0`. */
  readonly plugged: string[] = [];

  async plugDisk({ id, hotPlugPort }: DiskDescription): Promise<void> {
    this.plugged.push(`+ ${id} at ${hotPlugPort}`);
  }

  async unplugDisk(id: string): Promise<void> {
    this.plugged.push(`- ${id}`);
  }

  /** What its waypoint says of its disks. */
  savedDisks: readonly object[] = [];

  /** The guest reaches the mark of its boot. */
  marks = (): void => undefined;
  readonly #marked = new Promise<void>((resolve) => {
    this.marks = resolve;
  });
  /** Why it cannot be kept there. */
  markFailure: Error | undefined;

  async stopAtMark(signal: AbortSignal): Promise<void> {
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    await Promise.race([this.#marked, aborted]);
  }

  async saveBootMark(directory: string, key: string): Promise<void> {
    if (this.markFailure) throw this.markFailure;
    await this.#writeManifest(directory, key);
  }

  async saveWaypoint(directory: string, key: string): Promise<Waypoint> {
    await this.#writeManifest(directory, key);
    await this[Symbol.asyncDispose]();
    const waypoint = await openWaypoint(directory);
    if (!waypoint) throw new Error('The fake machine saved nothing.');
    return waypoint;
  }

  async #writeManifest(directory: string, key: string): Promise<void> {
    mkdirSync(directory);
    const manifest = {
      format: 1,
      key,
      qemuVersion: await qemuVersion(),
      accelerator: this.context.accelerator.kind,
      arguments: neutralArguments(this.description, this.context.accelerator.kind),
      disks: this.savedDisks,
    };
    writeFileSync(path.join(directory, 'manifest.json'), JSON.stringify(manifest));
  }

  async screenshot(file: string): Promise<void> {
    writeFileSync(file, 'a picture');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.ended = true;
    this.#exit();
    this.#line.destroy();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Starts and forks fake machines, and knows them all. */
export class FakeMachines {
  readonly started: FakeMachine[] = [];
  readonly forked: FakeMachine[] = [];

  readonly start = async (
    description: MachineDescription,
    context: MachineContext,
  ): Promise<RunningMachine> => {
    return this.#machine(this.started, description, context);
  };

  readonly fork = async (
    { description }: { readonly description: MachineDescription },
    context: MachineContext,
  ): Promise<RunningMachine> => {
    return this.#machine(this.forked, description, context);
  };

  get last(): FakeMachine {
    const machine = this.started.at(-1);
    if (!machine) throw new Error('No machine has been started.');
    return machine;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const machine of [...this.started, ...this.forked]) await machine[Symbol.asyncDispose]();
  }

  #machine(list: FakeMachine[], description: MachineDescription, context: MachineContext): RunningMachine {
    const machine = new FakeMachine(description, context);
    list.push(machine);
    // The class has private parts, which no other class can have; what servers use of it is all there.
    return machine as unknown as RunningMachine;
  }
}

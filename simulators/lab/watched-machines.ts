import {
  DedicatedMachine,
  type DedicatedMachineOptions,
  NovaMachine,
  type NovaMachineOptions,
} from '../server';
import type { startMachine } from '../vm';
import { type MachineEnds, MachineWatch } from './machine-watch';

/** The dedicated server of a lab, whose machine is watched while its power is on. */
export class WatchedDedicatedMachine extends DedicatedMachine {
  readonly #watch: MachineWatch;

  constructor(options: DedicatedMachineOptions, ends: MachineEnds) {
    super(options);
    this.#watch = new MachineWatch(this, ends);
  }

  override async powerOn(): Promise<void> {
    await super.powerOn();
    void this.#watch.follow();
  }
}

/** The instance of a lab, whose machine is watched while its power is on. */
export class WatchedNovaMachine extends NovaMachine {
  readonly #watch: MachineWatch;

  constructor(options: NovaMachineOptions, ends: MachineEnds, startVm?: typeof startMachine) {
    super(options, startVm);
    this.#watch = new MachineWatch(this, ends);
  }

  override async start(): Promise<void> {
    await super.start();
    void this.#watch.follow();
  }
}

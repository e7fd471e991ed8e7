import type { Hypervisor, RescueOrder } from '../provider';
import type { NovaMachine } from '../server';

/** What a server that a customer has asked for runs on. Disposing ends the machine and takes its disks with it. */
export interface Spawned extends AsyncDisposable {
  readonly machine: NovaMachine;
}

/** A server's machine, which is made when it starts for the first time: until then it is nothing but asked for. */
export class SpawnedServer implements Hypervisor, AsyncDisposable {
  #spawning: Promise<Spawned> | undefined;
  #machine: NovaMachine | undefined;
  readonly #underWay = new Set<Promise<unknown>>();
  #isGone = false;
  readonly setPassword: Hypervisor['setPassword'];

  /** @param hasAgent whether QEMU's guest agent has a channel to the guest */
  constructor(
    private readonly spawn: () => Promise<Spawned>,
    hasAgent: boolean,
  ) {
    this.setPassword = hasAgent
      ? async (password) => (await this.#there()).setPassword?.(password)
      : undefined;
  }

  /** Undefined until the server was started for the first time. */
  get machine(): NovaMachine | undefined {
    return this.#machine;
  }

  get power(): 'on' | 'off' | 'paused' {
    return this.#machine?.power ?? 'off';
  }

  get output(): string | undefined {
    return this.#machine?.output;
  }

  get console(): string | undefined {
    return this.#machine?.console;
  }

  readonly start = () => this.#ask((machine) => machine.start());
  readonly stop = async (patience: number) => this.#machine?.stop(patience);
  readonly reboot = (patience: number) => this.#ask((machine) => machine.reboot(patience));
  readonly pause = () => this.#ask((machine) => machine.pause());
  readonly unpause = () => this.#ask((machine) => machine.unpause());
  readonly suspend = () => this.#ask((machine) => machine.suspend());
  readonly resume = () => this.#ask((machine) => machine.resume());
  readonly rescue = (order: RescueOrder) => this.#ask((machine) => machine.rescue(order));
  readonly unrescue = () => this.#ask((machine) => machine.unrescue());
  readonly rebuild = (order: Omit<RescueOrder, 'disks'>) => this.#ask((machine) => machine.rebuild(order));
  readonly snapshot = (imageId: string) => this.#ask((machine) => machine.snapshot(imageId));
  readonly attachVolume = (volumeId: string) => this.#ask((machine) => machine.attachVolume(volumeId));
  readonly detachVolume = (volumeId: string) => this.#ask((machine) => machine.detachVolume(volumeId));

  /** Ends the machine whatever is being done to it; nothing more can be. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isGone = true;
    const spawned = await this.#spawning?.catch(() => undefined);
    // What waits for the guest waits no longer; what was starting the machine must have come to its end.
    await spawned?.machine.stop();
    await Promise.allSettled(this.#underWay);
    await spawned?.[Symbol.asyncDispose]();
  }

  #ask<Result>(what: (machine: NovaMachine) => Promise<Result>): Promise<Result> {
    const done = this.#there().then(what);
    this.#underWay.add(done);
    const forget = () => this.#underWay.delete(done);
    done.then(forget, forget);
    return done;
  }

  async #there(): Promise<NovaMachine> {
    if (!this.#isGone) this.#spawning ??= this.spawn();
    const spawned = await this.#spawning;
    if (this.#isGone || spawned === undefined) throw new Error('The server has been deleted.');
    const { machine } = spawned;
    this.#machine = machine;
    return machine;
  }
}

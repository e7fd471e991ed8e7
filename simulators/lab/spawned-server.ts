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

  readonly start = async () => (await this.#there()).start();
  readonly stop = async (patience: number) => this.#machine?.stop(patience);
  readonly reboot = async (patience: number) => (await this.#there()).reboot(patience);
  readonly pause = async () => (await this.#there()).pause();
  readonly unpause = async () => (await this.#there()).unpause();
  readonly suspend = async () => (await this.#there()).suspend();
  readonly resume = async () => (await this.#there()).resume();
  readonly rescue = async (order: RescueOrder) => (await this.#there()).rescue(order);
  readonly unrescue = async () => (await this.#there()).unrescue();
  readonly rebuild = async (order: Omit<RescueOrder, 'disks'>) => (await this.#there()).rebuild(order);
  readonly snapshot = async (imageId: string) => (await this.#there()).snapshot(imageId);
  readonly attachVolume = async (volumeId: string) => (await this.#there()).attachVolume(volumeId);
  readonly detachVolume = async (volumeId: string) => (await this.#there()).detachVolume(volumeId);

  async [Symbol.asyncDispose](): Promise<void> {
    const spawned = await this.#spawning?.catch(() => undefined);
    await spawned?.[Symbol.asyncDispose]();
  }

  async #there(): Promise<NovaMachine> {
    this.#spawning ??= this.spawn();
    const { machine } = await this.#spawning;
    this.#machine = machine;
    return machine;
  }
}

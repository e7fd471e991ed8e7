import type { Clock } from '../clock';
import type { DiskPlace, Hypervisor, RescueOrder } from '../hypervisor';

export interface NullHypervisorOptions {
  readonly clock: Clock;
  /** Lab time that each thing takes (ms). */
  readonly pace: number;
  /** Whether an agent in the guest takes passwords. */
  readonly agent?: boolean;
}

/** What an image has where there are no bytes: a size (bytes). */
const SNAPSHOT_SIZE = 2 ** 30;

/** A hypervisor without a machine: it answers at once, or after some lab time, and remembers what it would be running. */
export class NullHypervisor implements Hypervisor {
  readonly console = undefined;
  /** The guest does not switch itself off when it is asked to. */
  deaf = false;
  readonly setPassword: ((password: string) => Promise<void>) | undefined;
  #power: 'on' | 'off' | 'paused' = 'off';
  #rescue: RescueOrder | undefined;
  /** The password that the agent was given last. */
  #password: string | undefined;

  constructor(private readonly options: NullHypervisorOptions) {
    this.setPassword = options.agent ? (password) => this.#give(password) : undefined;
  }

  get power(): 'on' | 'off' | 'paused' {
    return this.#power;
  }

  /** What it was rescued with, while in rescue. */
  get inRescueWith(): RescueOrder | undefined {
    return this.#rescue;
  }

  /** The disks of the rescue, in their order; undefined outside one. */
  get rescueDisks(): readonly DiskPlace[] | undefined {
    return this.#rescue?.disks;
  }

  get givenPassword(): string | undefined {
    return this.#password;
  }

  /** This machine, as if it had run for long. */
  switchedOn(): this {
    this.#power = 'on';
    return this;
  }

  readonly start = () => this.#becomes('on');
  readonly pause = () => this.#becomes('paused');
  readonly unpause = () => this.#becomes('on');
  readonly suspend = () => this.#becomes('off');
  readonly resume = () => this.#becomes('on');
  readonly rebuild = ({ patience }: { patience: number }) => this.#afterShutdown(patience);
  readonly attachVolume = () => this.#work();
  readonly detachVolume = () => this.#work();

  async stop(patience: number): Promise<void> {
    await this.#work(this.#shutdown(patience));
    this.#power = 'off';
  }

  readonly reboot = (patience: number) => this.#afterShutdown(patience);

  async rescue(order: RescueOrder): Promise<void> {
    await this.#afterShutdown(order.patience);
    this.#rescue = order;
  }

  async unrescue(): Promise<void> {
    await this.#becomes('on');
    this.#rescue = undefined;
  }

  async snapshot(): Promise<number> {
    await this.#work();
    return SNAPSHOT_SIZE;
  }

  async #give(password: string): Promise<void> {
    await this.#work();
    this.#password = password;
  }

  async #afterShutdown(patience: number): Promise<void> {
    await this.#work(this.#shutdown(patience));
    this.#power = 'on';
  }

  /** How long the guest takes to switch itself off, or is waited for in vain (ms). */
  #shutdown(patience: number): number {
    return this.deaf && this.#power === 'on' ? patience * 1000 : 0;
  }

  async #becomes(power: 'on' | 'off' | 'paused'): Promise<void> {
    await this.#work();
    this.#power = power;
  }

  /** `more`: lab time beside the usual (ms). */
  async #work(more = 0): Promise<void> {
    const { clock, pace } = this.options;
    if (pace + more > 0) {
      await clock.waitUntil(clock.now() + pace + more);
    }
  }
}

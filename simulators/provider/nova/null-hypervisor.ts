import type { Clock } from '../clock';
import type { Hypervisor } from '../hypervisor';

export interface NullHypervisorOptions {
  readonly clock: Clock;
  /** Lab time that each thing takes (ms). */
  readonly pace: number;
}

/** A hypervisor without a machine: it answers at once, or after some lab time, and remembers what it would be running. */
export class NullHypervisor implements Hypervisor {
  readonly console = undefined;
  #power: 'on' | 'off' = 'off';
  #rescueImageId: string | undefined;

  constructor(private readonly options: NullHypervisorOptions) {}

  get power(): 'on' | 'off' {
    return this.#power;
  }

  /** The image that the rescue disk was made from, while in rescue. */
  get rescueImageId(): string | undefined {
    return this.#rescueImageId;
  }

  /** This machine, as if it had run for long. */
  switchedOn(): this {
    this.#power = 'on';
    return this;
  }

  async start(): Promise<void> {
    await this.#work();
    this.#power = 'on';
  }

  async stop(): Promise<void> {
    await this.#work();
    this.#power = 'off';
  }

  async reboot(): Promise<void> {
    await this.#work();
    this.#power = 'on';
  }

  async rescue({ imageId }: { imageId: string; adminPass: string }): Promise<void> {
    await this.#work();
    this.#rescueImageId = imageId;
    this.#power = 'on';
  }

  async unrescue(): Promise<void> {
    await this.#work();
    this.#rescueImageId = undefined;
    this.#power = 'on';
  }

  async #work(): Promise<void> {
    const { clock, pace } = this.options;
    if (pace > 0) {
      await clock.waitUntil(clock.now() + pace);
    }
  }
}

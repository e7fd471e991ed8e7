import type { Hypervisor } from '../hypervisor';

/** A hypervisor without a machine: it answers at once and remembers what it would be running. */
export class NullHypervisor implements Hypervisor {
  readonly console = undefined;
  #power: 'on' | 'off' = 'off';
  #rescueImageId: string | undefined;

  get power(): 'on' | 'off' {
    return this.#power;
  }

  /** The image that the rescue disk was made from, while in rescue. */
  get rescueImageId(): string | undefined {
    return this.#rescueImageId;
  }

  async start(): Promise<void> {
    this.#power = 'on';
  }

  async stop(): Promise<void> {
    this.#power = 'off';
  }

  async reboot(): Promise<void> {
    this.#power = 'on';
  }

  async rescue({ imageId }: { imageId: string; adminPass: string }): Promise<void> {
    this.#rescueImageId = imageId;
    this.#power = 'on';
  }

  async unrescue(): Promise<void> {
    this.#rescueImageId = undefined;
    this.#power = 'on';
  }
}

import type { Hypervisor, RescueOrder } from '../../hypervisor';

/** A hypervisor whose work ends when the test says so: the states in between can be looked at. */
export class ManualHypervisor implements Hypervisor {
  readonly console: string | undefined;
  readonly calls: string[] = [];
  power: 'on' | 'off' | 'paused' = 'on';
  #pending: { resolve: () => void; reject: (reason: Error) => void } | undefined;

  constructor(console?: string) {
    this.console = console;
  }

  readonly start = () => this.#call('start', 'on');
  readonly stop = () => this.#call('stop', 'off');
  readonly reboot = (patience: number) => this.#call(`reboot ${patience > 0 ? 'soft' : 'hard'}`, 'on');
  readonly pause = () => this.#call('pause', 'paused');
  readonly unpause = () => this.#call('unpause', 'on');
  readonly suspend = () => this.#call('suspend', 'off');
  readonly resume = () => this.#call('resume', 'on');
  readonly unrescue = () => this.#call('unrescue', 'on');
  readonly rebuild = ({ imageId }: { imageId: string }) => this.#call(`rebuild ${imageId}`, 'on');
  readonly attachVolume = (id: string) => this.#call(`attach ${id}`, this.power);
  readonly detachVolume = (id: string) => this.#call(`detach ${id}`, this.power);

  async rescue({ imageId, adminPass }: RescueOrder): Promise<void> {
    await this.#call(`rescue ${imageId} ${adminPass}`, 'on');
  }

  async snapshot(imageId: string): Promise<number> {
    await this.#call(`snapshot ${imageId}`, this.power);
    return 1;
  }

  finish(): void {
    this.#take().resolve();
  }

  fail(error: Error): void {
    this.#take().reject(error);
  }

  #take() {
    const pending = this.#pending;
    if (pending === undefined) {
      throw new Error(`No work is under way; the calls so far: ${this.calls.join(', ') || 'none'}.`);
    }
    this.#pending = undefined;
    return pending;
  }

  async #call(name: string, power: 'on' | 'off' | 'paused'): Promise<void> {
    this.calls.push(name);
    await new Promise<void>((resolve, reject) => {
      this.#pending = { resolve, reject };
    });
    this.power = power;
  }
}

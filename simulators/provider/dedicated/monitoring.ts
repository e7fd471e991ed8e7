import type { Clock } from '../clock';
import type { CurrentBoot } from './current-boot';
import type { DedicatedServer } from './server';

/** How long a server may be silent before the datacentre looks after it (milliseconds; not published: our choice). */
export const DEFAULT_MONITORING_PATIENCE = 30 * 60_000;

/** Whether the server answers pings: its rescue system is up, or it has the disk that it starts from. */
function answersPings({ hardware, boot }: DedicatedServer): boolean {
  if (hardware.power === 'off') {
    return false;
  }
  return boot?.session === undefined ? !hardware.lostDisks.has(0) : boot.ready;
}

/** The provider's monitoring: it pings the servers whose customers let it. */
export class Monitoring implements Disposable {
  readonly #clock: Clock;
  readonly #patience: number;
  readonly #onSilence: (server: DedicatedServer) => void;
  readonly #watches = new Map<string, Disposable>();

  constructor(options: {
    clock: Clock;
    patience: number;
    /** The server has been silent for so long. */
    onSilence: (server: DedicatedServer) => void;
  }) {
    this.#clock = options.clock;
    this.#patience = options.patience;
    this.#onSilence = options.onSilence;
  }

  /** Watches a server that has just been restarted. */
  watch(server: DedicatedServer): void {
    this.#watches.get(server.name)?.[Symbol.dispose]();
    const boot: CurrentBoot | undefined = server.boot;
    const watch = this.#clock.after(this.#patience, () => {
      this.#watches.delete(server.name);
      if (server.monitoring && server.boot === boot && !answersPings(server)) {
        this.#onSilence(server);
      }
    });
    this.#watches.set(server.name, watch);
  }

  [Symbol.dispose](): void {
    for (const watch of this.#watches.values()) {
      watch[Symbol.dispose]();
    }
  }
}

import type { BootEntry } from './boot-list';
import type { RescueSession } from './rescue-system';

export type BootOutcome = 'ready' | 'superseded';

/** One boot of a server: from the decision what to boot until the next power cycle. */
export class CurrentBoot {
  readonly entry: BootEntry;
  readonly session: RescueSession | undefined;
  /** True once the server was seen in this boot (it took the script, or its guest asked for the session). */
  seen = false;
  /** The kernel of `entry` is up: its password works. */
  ready = false;
  /** Resolves when the rescue system is ready, or when the server boots again before. */
  readonly outcome: Promise<BootOutcome>;
  #decide: (outcome: BootOutcome) => void = () => {};

  constructor(entry: BootEntry, session: RescueSession | undefined) {
    this.entry = entry;
    this.session = session;
    this.outcome = new Promise((resolve) => {
      this.#decide = resolve;
    });
  }

  /** True the first time. */
  becomeReady(): boolean {
    if (this.ready) {
      return false;
    }
    this.ready = true;
    this.#decide('ready');
    return true;
  }

  supersede(): void {
    this.#decide('superseded');
  }
}

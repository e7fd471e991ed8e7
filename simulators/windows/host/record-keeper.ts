import type { HostMemory, HostRecord } from './host-memory';

/** Saves what the next start shall find, whenever it has changed. */
export class RecordKeeper {
  #saved: string;

  constructor(
    private readonly memory: HostMemory | undefined,
    remembered: HostRecord,
    private readonly warn: (sentence: string) => void,
  ) {
    this.#saved = JSON.stringify(remembered);
  }

  async keep(record: HostRecord): Promise<void> {
    const text = JSON.stringify(record);
    if (text === this.#saved) return;
    try {
      await this.memory?.save(record);
      this.#saved = text;
    } catch (error) {
      // What was asked for is done; it will not outlive a restart.
      this.warn(`What is known of letters and disks could not be written. ${(error as Error).message}`);
    }
  }
}

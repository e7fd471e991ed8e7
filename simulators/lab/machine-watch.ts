import type { SerialLog } from '../server';
import type { QemuExit, RunningMachine } from '../vm';

/** The longest time that a timer can hold (ms): a machine may run for as long as it likes. */
const noDeadline = 2 ** 31 - 1;
/** How much of a server's serial line stands in the error. */
const shownLines = 12;

/** What the watch needs to know of a server. */
export interface WatchedServer {
  readonly options: { readonly name: string };
  readonly serial: SerialLog;
  /** The machine that stands for the server now; rejects where there is none, with a cause where a boot failed. */
  running(): Promise<RunningMachine>;
}

export interface MachineEnds {
  /** The guest switched the machine off. */
  readonly switchedOff: () => Promise<void>;
  /** The machine ended although nobody had switched it off: QEMU was killed or failed. */
  readonly lost: (error: Error) => void;
}

/**
 * Follows the machines that stand for one server: over restarts, and over the exchange of a walked boot for its fork.
 * A boot that could not be saved is reported, and a machine whose end was not the server's own doing, with how QEMU ended
 * and the last serial lines, so that nobody has to wait for a guest that is no longer there.
 */
export class MachineWatch {
  #followed: RunningMachine | undefined;

  constructor(
    private readonly server: WatchedServer,
    private readonly ends: MachineEnds,
  ) {}

  /** Call it after each power-on. Resolves when the server is off, or its machine was lost. */
  async follow(): Promise<void> {
    for (;;) {
      const machine = await this.#present();
      if (machine instanceof Error) {
        if (machine.cause !== undefined) this.ends.lost(machine);
        return;
      }
      if (machine === this.#followed) return;
      this.#followed = machine;
      const exit = await machine.waitForExit({ deadline: noDeadline });
      if ((await this.#present()) !== machine) continue;
      if (exit.code === 0) await this.ends.switchedOff();
      else this.ends.lost(await this.#loss(machine, exit));
      return;
    }
  }

  /** The machine, or why there is none. */
  #present(): Promise<RunningMachine | Error> {
    return this.server.running().catch((error: Error) => error);
  }

  async #loss(machine: RunningMachine, { code, signal }: QemuExit): Promise<Error> {
    const how = signal === undefined ? `with exit code ${code}` : `by ${signal}`;
    const lines = this.server.serial.text.trimEnd().split(/\r*\n/).slice(-shownLines);
    const serial =
      lines.join('') === ''
        ? 'Its serial line had shown nothing.'
        : `The last lines of its serial line:\n${lines.map((line) => `  | ${line}`).join('\n')}`;
    return new Error(
      `The server ${this.server.options.name} lost its machine: QEMU (pid ${machine.pid}) was ended ${how}, and nobody had switched the server off. If you did not end it, look at the host's kernel log (dmesg) for a lack of memory.\n${serial}`,
      // Killed, it could say nothing; otherwise it may have said why.
      signal === 'SIGKILL' ? {} : { cause: await machine.failure('QEMU ended.') },
    );
  }
}

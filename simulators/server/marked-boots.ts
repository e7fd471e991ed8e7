import type { MachineContext, MachineDescription, RunningMachine } from '../vm';
import { waitingFor } from '../waits';
import { bootChain } from './boot-chain';
import { bootKey } from './boot-key';
import type { ServerListener } from './server-events';
import type { ShelvedFork, WaypointShelf } from './waypoint-shelf';

/** Where these waypoints are, as events and keys call it. */
const BOOT_MANAGER = 'boot-manager';
/** From power-on to the mark, under emulation on a loaded machine (ms). A boot that fails before never gets there. */
const markDeadline = 240_000;

export interface MarkedBootsParts {
  /** How events call the server. */
  readonly name: string;
  readonly context: MachineContext;
  readonly shelf: WaypointShelf;
  readonly onEvent: ServerListener;
  readonly startVm: (description: MachineDescription, context: MachineContext) => Promise<RunningMachine>;
  /** What the firmware finds on the first disk; see `bootChain`. */
  readonly chainOf?: typeof bootChain;
}

/**
 * Boots from disk up to the mark that the boot manager sets before it looks at any disk. What firmware and boot sectors do
 * until then is the same for all disks of one boot chain: the first such boot is kept while it passes the mark, the others
 * start there.
 */
export class MarkedBoots {
  #keeping: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  #still: Promise<void> | undefined;

  constructor(private readonly parts: MarkedBootsParts) {}

  /** Resolves when the machine goes on that stands at its mark; undefined where it does not stand there. */
  get still(): Promise<void> | undefined {
    return this.#still;
  }

  /** Starts a machine from its disk: at the mark where a boot of its chain is kept, from power-on otherwise. */
  async start(description: MachineDescription): Promise<ShelvedFork> {
    const { context, startVm } = this.parts;
    const marked = await this.startMarked(description);
    return marked ?? { machine: await startVm(description, context), serialBefore: '' };
  }

  /** The same; nothing is started where nothing is known of the boot's chain. */
  async startMarked(description: MachineDescription): Promise<ShelvedFork | undefined> {
    const { name, context, shelf, onEvent, startVm } = this.parts;
    const started = performance.now();
    const key = await this.#key(description);
    if (key === undefined) return undefined;
    const fork = await waitingFor('fork of a saved boot', () => shelf.fork(key, description, context));
    if (fork) {
      onEvent({ kind: 'forked', server: name, to: BOOT_MANAGER, milliseconds: performance.now() - started });
      return fork;
    }
    const machine = await startVm({ ...description, bootMarkKept: true }, await shelf.walking(context));
    this.#keep(machine, key);
    return { machine, serialBefore: '' };
  }

  /** Nothing is kept from now on; resolves when the machine, if it stood at the mark, goes on. */
  async stop(reason: string): Promise<void> {
    this.#keeping?.abort.abort(new Error(reason));
    await this.#keeping?.done;
    this.#keeping = undefined;
  }

  /** The name of the waypoint; undefined where the chain is not known, so that nothing can be said of where it leads. */
  async #key(description: MachineDescription): Promise<string | undefined> {
    const { context, chainOf = bootChain } = this.parts;
    const { bootMark, firmware, disks = [] } = description;
    const first = disks.find(({ bootIndex }) => bootIndex === 0);
    if (!bootMark || firmware !== 'bios' || first === undefined) return undefined;
    // The boot manager starts ahead what is on /dev/vda.
    const vda = disks.find((disk) => disk.interface === 'virtio');
    if (vda !== undefined && vda !== first) return undefined;
    const chain = await waitingFor('fork of a saved boot', () =>
      chainOf(first, vda !== undefined, context.session),
    );
    if (chain === undefined) return undefined;
    return bootKey(description, context.accelerator, { name: BOOT_MANAGER, images: { chain }, code: '' });
  }

  #keep(machine: RunningMachine, key: string): void {
    const abort = new AbortController();
    const done = this.#keepAtMark(machine, key, abort.signal).catch((cause: unknown) => {
      // Many a boot ends before the mark: that is for whoever waits for it to say.
      if (abort.signal.aborted || (cause instanceof Error && cause.name === 'TimeoutError')) return;
      const { name, onEvent } = this.parts;
      const reason = cause instanceof Error ? cause.message : String(cause);
      onEvent({ kind: 'not-saved', server: name, to: BOOT_MANAGER, reason });
    });
    this.#keeping = { abort, done };
  }

  async #keepAtMark(machine: RunningMachine, key: string, signal: AbortSignal): Promise<void> {
    const { name, shelf, onEvent } = this.parts;
    await machine.stopAtMark(AbortSignal.any([signal, AbortSignal.timeout(markDeadline)]));
    const started = performance.now();
    const saving = shelf.saveBootMark(key, machine);
    this.#still = saving
      .catch(() => undefined)
      .finally(() => {
        this.#still = undefined;
      });
    await saving;
    onEvent({ kind: 'saved', server: name, to: BOOT_MANAGER, milliseconds: performance.now() - started });
  }
}

import { mkdir, readdir, readFile, rm, stat, statfs, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  canFork,
  type ForkPermit,
  forkWaypoint,
  type MachineContext,
  type MachineDescription,
  openWaypoint,
  type RunningMachine,
  type Waypoint,
} from '../vm';

/**
 * Newer waypoints push the oldest out (decision 42). One holds a guest's RAM, some 150 MB at a failure screen, 320 MB where a
 * service waits for its system, and 650 MB and more in a running Windows.
 */
const budgetBytes = 32 * 1024 ** 3;
/** What they may take of a disk at most, of what is free and what they take already. */
const SHARE_OF_DISK = 0.5;
/** `stat` counts in blocks of this size whatever the file system's own. */
const STAT_BLOCK_BYTES = 512;

export interface ShelvedFork {
  readonly machine: RunningMachine;
  /** What the guest had printed on its serial line up to the waypoint. */
  readonly serialBefore: string;
}

/** What is saved of a machine. */
type Savable = Pick<RunningMachine, 'description' | 'serial' | 'saveWaypoint'>;

/**
 * Saved boots by key. Under one key there may be several that differ in what the guest read from its disks: the one
 * whose reads still hold is forked.
 */
export class WaypointShelf {
  /** Folders of the waypoints that machines have gone on from. */
  readonly #used = new Set<string>();

  constructor(
    readonly directory: string,
    private readonly goOnFrom = forkWaypoint,
    private readonly budget = budgetBytes,
  ) {}

  /** Goes on from a saved boot of this key that fits the machine's disks; undefined when there is none. */
  async fork(
    key: string,
    description: MachineDescription,
    context: MachineContext,
  ): Promise<ShelvedFork | undefined> {
    for (const name of await this.#names(key)) {
      const folder = path.join(this.directory, name);
      const waypoint = await this.#open(folder);
      const permit = waypoint && (await canFork(waypoint, description, this.#context(context)));
      if (permit?.possible) {
        try {
          return await this.#fork(permit, context, folder);
        } catch {
          // It fits and cannot be loaded, so it is spoilt. It costs a walk, not the run.
          await this.#remove(folder);
        }
      }
    }
    return undefined;
  }

  /** Saves the machine's state, which ends it, and goes on from there in a fork. */
  async saveAndFork(key: string, machine: Savable, context: MachineContext): Promise<ShelvedFork> {
    const folder = await this.#newFolder(key, machine);
    const { description } = machine;
    const waypoint = await machine.saveWaypoint(folder, key).catch(async (cause: unknown) => {
      await this.#remove(folder);
      throw cause;
    });
    // The guest went on printing until it stood still, which its text at the waypoint must have.
    await writeFile(`${folder}.serial`, await machine.serial.wholeText());
    await this.#prune();
    const permit = await canFork(waypoint, description, this.#context(context));
    if (!permit.possible) {
      throw new Error(`A state that was saved a moment ago cannot be forked: ${permit.reason}`);
    }
    const fork = await this.#fork(permit, context, folder);
    // Only this machine has the disk that goes with it.
    if (waypoint.manifest.disks.some((disk) => disk.kind === 'seen' && disk.written))
      await this.#remove(folder);
    return fork;
  }

  /** Keeps the state of the machine that stands at its boot's mark, and lets it go on. */
  async saveBootMark(key: string, machine: Pick<RunningMachine, 'serial' | 'saveBootMark'>): Promise<void> {
    const folder = await this.#newFolder(key, machine);
    await machine.saveBootMark(folder, key).catch(async (cause: unknown) => {
      await this.#remove(folder);
      throw cause;
    });
    await this.#prune();
  }

  /**
   * Removes what machines have gone on from through this object, when what they did next cannot be trusted. Machines
   * that still run are not disturbed: they hold their files open.
   */
  async discardUsed(): Promise<void> {
    for (const folder of this.#used) await this.#remove(folder);
    this.#used.clear();
  }

  /** The context for machines that may be saved here: their RAM is kept on the same file system. */
  async walking(context: MachineContext): Promise<MachineContext> {
    await mkdir(this.directory, { recursive: true });
    return this.#context(context);
  }

  /** A waypoint that cannot be read costs a walk, not the run: it is removed. */
  async #open(folder: string): Promise<Waypoint | undefined> {
    try {
      return await openWaypoint(folder);
    } catch {
      await this.#remove(folder);
      return undefined;
    }
  }

  async #fork(permit: ForkPermit, context: MachineContext, folder: string): Promise<ShelvedFork> {
    const machine = await this.goOnFrom(permit, this.#context(context));
    this.#used.add(folder);
    const now = new Date();
    await utimes(`${folder}.serial`, now, now).catch(() => undefined);
    return { machine, serialBefore: await readFile(`${folder}.serial`, 'utf8').catch(() => '') };
  }

  /** A name for a waypoint, with the log first: without it the guest would start in the middle of its text. */
  async #newFolder(key: string, { serial }: Pick<RunningMachine, 'serial'>): Promise<string> {
    await mkdir(this.directory, { recursive: true });
    const folder = path.join(this.directory, `${key}-${Date.now().toString(36)}`);
    await writeFile(`${folder}.serial`, serial.text);
    return folder;
  }

  #context(context: MachineContext): MachineContext {
    return { ...context, storageDirectory: this.directory };
  }

  async #names(key: string): Promise<string[]> {
    const names = await readdir(this.directory).catch(() => [] as string[]);
    return names
      .filter((name) => name.startsWith(`${key}-`) && !name.endsWith('.serial'))
      .sort()
      .reverse();
  }

  async #prune(): Promise<void> {
    const visible = (await readdir(this.directory)).filter((name) => !name.startsWith('.'));
    const names = new Set(visible.map((name) => name.replace(/\.serial$/, '')));
    const used = await Promise.all(
      [...names].map(async (name) => ({
        name,
        time: await this.#lastUse(name),
        bytes: await this.#bytesOnDisk(name),
      })),
    );
    const taken = used.reduce((sum, { bytes }) => sum + bytes, 0);
    const { bavail, bsize } = await statfs(this.directory);
    const budget = Math.min(this.budget, (bavail * bsize + taken) * SHARE_OF_DISK);
    let kept = 0;
    for (const { name, bytes } of used.sort((a, b) => b.time - a.time)) {
      kept += bytes;
      if (kept > budget) await this.#remove(path.join(this.directory, name));
    }
  }

  /** RAM files are sparse: what they take counts, not how long they are. */
  async #bytesOnDisk(name: string): Promise<number> {
    const folder = path.join(this.directory, name);
    const files = await readdir(folder).catch(() => [] as string[]);
    const blocks = files.map(
      async (file) => (await stat(path.join(folder, file)).catch(() => undefined))?.blocks,
    );
    return (await Promise.all(blocks)).reduce<number>((sum, count = 0) => sum + count * STAT_BLOCK_BYTES, 0);
  }

  /** The serial log's time tells it. */
  async #lastUse(name: string): Promise<number> {
    const log = await stat(path.join(this.directory, `${name}.serial`)).catch(() => undefined);
    return log?.mtimeMs ?? 0;
  }

  async #remove(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.serial`, { force: true });
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { containerLabels } from './container-labels';
import { processPlace, processStartTime } from './process-identity';
import { sessionRoot } from './session-root';

/** The variable that marks every process of a session. */
export const sessionVariable = 'RESCUE_LAB_SESSION';

/**
 * Owns every process, container, folder and address of one run. Whatever happens to the run, also SIGKILL, a
 * watcher process ends them: it holds one end of a pipe and acts when the runner's end closes.
 */
export class Session implements AsyncDisposable {
  readonly id: string;
  /** The session's own folder, mode 0700; gone after `dispose`. */
  readonly directory: string;
  readonly #root: string;
  readonly #watcher: ChildProcess;
  readonly #cleanups: { readonly what: string; readonly run: () => Promise<void> | void }[] = [];
  #folders = 0;
  #disposed: Promise<void> | undefined;

  private constructor(root: string, id: string) {
    this.#root = root;
    this.id = id;
    this.directory = join(root, id);
    // The watcher first: from here on nothing can be left behind.
    this.#watcher = startWatcher(root, id);
    const unborn = join(root, `.new-${process.pid}-${id}`);
    mkdirSync(unborn, { mode: 0o700 });
    writeFileSync(join(unborn, 'place'), processPlace());
    writeFileSync(join(unborn, 'owner'), `${process.pid} ${processStartTime(process.pid)}\n`);
    renameSync(unborn, this.directory);
  }

  /** Starts a session. `id` is for tests: letters, digits and dashes, never used before. */
  static start({ id = randomUUID().slice(0, 13) }: { readonly id?: string } = {}): Session {
    if (!/^[A-Za-z0-9-]+$/.test(id))
      throw new Error(`"${id}" cannot be a session id: letters, digits and "-" only.`);
    return new Session(sessionRoot(), id);
  }

  /** What to add to the environment of every process of this session. */
  get environment(): Record<string, string> {
    return { [sessionVariable]: this.id };
  }

  /** Makes a new folder in the session's own; its name gets a number, so the same name can be asked for twice. */
  tempDir(name: string): string {
    const path = join(this.directory, `${name.replaceAll(/[^\w-]/g, '_').slice(0, 20)}-${++this.#folders}`);
    mkdirSync(path, { mode: 0o700 });
    return path;
  }

  /** Notes a process to be ended with the session. One that has already ended is not noted. */
  trackProcess({ pid }: { readonly pid?: number | undefined }): void {
    const started = pid === undefined ? undefined : processStartTime(pid);
    if (started !== undefined) appendFileSync(join(this.directory, 'processes'), `${pid} ${started}\n`);
  }

  /** Notes a path outside of the session's folder to be removed with it; its last part must hold the session's id. */
  trackPath(path: string): void {
    if (!basename(path).includes(this.id) || path.includes('\n')) {
      throw new Error(`${path} cannot be tracked: its last part must contain the session id ${this.id}.`);
    }
    appendFileSync(join(this.directory, 'paths'), `${path}\n`);
  }

  /**
   * Makes a container that is removed with the session, also when the runner is killed while the engine is at it.
   * @param engine where the engine listens, as `docker --host` takes it
   * @param make asks the engine for a container with these labels
   */
  async makeContainer<Container>(
    engine: string,
    make: (labels: Readonly<Record<string, string>>) => Promise<Container>,
  ): Promise<Container> {
    const note = join(this.directory, 'containers');
    appendFileSync(note, `asked ${engine}\n`);
    try {
      return await make(containerLabels(this.#root, this.id));
    } finally {
      if (existsSync(note)) appendFileSync(note, `answered ${engine}\n`);
    }
  }

  /** Runs at `dispose`, last added first. A cleanup that fails does not stop the others. */
  addCleanup(what: string, run: () => Promise<void> | void): void {
    this.#cleanups.push({ what, run });
  }

  /** An address in 127.0.0.0/8 that no other live session of this user holds; given back with the session. */
  allocateAddress(): string {
    return this.allocateNeighbours(1).first;
  }

  /** So many addresses (up to 200) one after the other, which differ in their last number. */
  allocateNeighbours(count: number): { readonly first: string; readonly last: string } {
    for (let attempt = 0; attempt < 1000; attempt++) {
      // 127.0.x.x is left to the host's own services.
      const prefix = `127.${randomInt(1, 255)}.${randomInt(0, 256)}`;
      const start = randomInt(1, 256 - count);
      const addresses = Array.from({ length: count }, (_, index) => `${prefix}.${start + index}`);
      if (addresses.every((address) => this.#hold(address))) {
        return { first: addresses[0]!, last: addresses.at(-1)! };
      }
    }
    throw new Error(
      `No free loopback address was found in 1000 tries: ${join(this.#root, 'addresses')} holds those in use; remove it when no session runs.`,
    );
  }

  /** False where another session holds it. What this one holds stays held until its end. */
  #hold(address: string): boolean {
    try {
      // A link is made with its content in one step: no half-written lock can be left behind.
      symlinkSync(this.id, join(this.#root, 'addresses', address));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return false;
    }
  }

  /** Runs the cleanups, then lets the watcher end what is left and remove the folder. Can be called twice. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#end();
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #end(): Promise<void> {
    const failures: unknown[] = [];
    for (const { what, run } of this.#cleanups.reverse()) {
      try {
        await run();
      } catch (cause) {
        failures.push(new Error(`Cleaning up ${what} failed.`, { cause }));
      }
    }
    const watcherGone = once(this.#watcher, 'exit');
    this.#watcher.ref();
    this.#watcher.stdin?.end();
    await watcherGone;
    if (failures.length > 0) throw new AggregateError(failures, `Session ${this.id} did not end cleanly.`);
  }
}

/** Without the session's mark, and in a process group of its own: Ctrl-C in the terminal must not reach it. */
function startWatcher(root: string, id: string): ChildProcess {
  const { [sessionVariable]: _mark, ...environment } = process.env;
  const watcher = spawn('/bin/sh', [join(__dirname, 'end-session.sh'), '--after-stdin', root, id], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: environment,
  });
  watcher.unref();
  const pipe = watcher.stdin;
  if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  return watcher;
}

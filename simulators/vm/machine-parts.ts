import { appendFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiskSource } from './disk-arguments';
import { GuestAgent } from './guest-agent/guest-agent';
import { ListeningSocket } from './listening-socket';
import type { MachineContext } from './machine-context';
import type { MachineDescription } from './machine-description';
import { MachineError } from './machine-error';
import { type QemuExit, QemuProcess } from './qemu-process';
import { QmpClient } from './qmp/qmp-client';
import { SerialConsole } from './serial-console';
import type { TrackedDisk } from './waypoint/tracked-disk';
import { withDeadline } from './with-deadline';

/** How long a screenshot for an error message may take (ms). */
const lastScreenshotDeadline = 2000;
/** From QEMU's sockets closing to its exit (ms). */
const exitDeadline = 2000;
/** QEMU connects and greets within 0.1 s on an idle host; this is for a very busy one (ms). */
const greetingDeadline = 30_000;

/** The guest's RAM in a file: shared where a waypoint may be saved from it, a private view in a fork. */
export interface MemoryFile {
  readonly path: string;
  readonly share: boolean;
}

/** What QEMU connects to when it starts. */
interface ControlSockets {
  readonly qmp: ListeningSocket;
  readonly serial: ListeningSocket;
  readonly agent: ListeningSocket | undefined;
}

/** Owns what a machine is made of, from before QEMU starts until it is gone. */
export class MachineParts implements AsyncDisposable {
  readonly description: MachineDescription;
  readonly context: MachineContext;
  /** The machine's folder in the session's. */
  readonly directory: string;
  /** Folders elsewhere that go with the machine. */
  readonly folders: string[] = [];
  /** Undefined where the guest's RAM is QEMU's own memory. */
  memory: MemoryFile | undefined;
  /** Where disks stand, when not where the description says. */
  diskSources: ReadonlyMap<string, DiskSource> = new Map();
  readonly trackedDisks = new Map<string, TrackedDisk>();
  readonly #sockets: ListeningSocket[] = [];
  #process: QemuProcess | undefined;
  #qmp: QmpClient | undefined;
  #serial: SerialConsole | undefined;
  #agent: GuestAgent | undefined;
  #screenshots = 0;

  constructor(description: MachineDescription, context: MachineContext) {
    this.description = description;
    this.context = context;
    this.directory = context.session.tempDir(description.name);
    context.session.addCleanup(`machine "${description.name}"`, () => this[Symbol.asyncDispose]());
  }

  get process(): QemuProcess {
    if (!this.#process) throw new Error(`The machine "${this.description.name}" has not been started.`);
    return this.#process;
  }

  get qmp(): QmpClient {
    if (!this.#qmp) throw new Error(`The machine "${this.description.name}" has no QMP connection yet.`);
    return this.#qmp;
  }

  get serial(): SerialConsole {
    if (!this.#serial) throw new Error(`The machine "${this.description.name}" has no serial port yet.`);
    return this.#serial;
  }

  /** Undefined where the description has no agent's channel. */
  get agent(): GuestAgent | undefined {
    return this.#agent;
  }

  async listen(name: string): Promise<ListeningSocket> {
    const socket = await ListeningSocket.listen(join(this.directory, name));
    this.#sockets.push(socket);
    return socket;
  }

  /** Starts QEMU and returns when it has connected to its sockets and greeted. */
  async spawn(argv: readonly string[], { qmp, serial, agent }: ControlSockets): Promise<void> {
    this.#process = new QemuProcess(argv, this.context.session);
    const gone = this.#process.exited.then(async () => {
      throw await this.failure('QEMU ended before it could be talked to.');
    });
    gone.catch(() => {});
    const connected = Promise.all([qmp.connection, serial.connection, agent?.connection]);
    const [qmpSocket, serialSocket, agentSocket] = await withDeadline(
      Promise.race([connected, gone]),
      greetingDeadline,
      (waited) => this.failure(`QEMU did not connect to its control sockets within ${waited}.`),
    );
    this.#serial = new SerialConsole(serialSocket, (sentence) => this.failure(sentence));
    const log = join(this.directory, 'qmp.log');
    this.#qmp = await Promise.race([
      QmpClient.connect(qmpSocket, {
        deadline: greetingDeadline,
        explain: (sentence, cause) => this.failure(sentence, cause),
        onMessage: (direction, message) =>
          appendFileSync(log, `${direction === 'sent' ? '>' : '<'} ${JSON.stringify(message)}\n`),
      }),
      gone,
    ]);
    this.#agent = agentSocket && new GuestAgent(agentSocket, this.#qmp);
  }

  /** Waits until QEMU has ended; `what` says in the error what it did not do. */
  async waitForExit(deadline: number, what: string): Promise<QemuExit> {
    return withDeadline(this.process.exited, deadline, (waited) =>
      this.failure(`Waited ${waited} for the machine ${what}; it still runs.`),
    );
  }

  async failure(sentence: string, cause?: unknown): Promise<MachineError> {
    const exit = await this.#exitSeen();
    return new MachineError(sentence, {
      machine: this.description.name,
      serialLines: this.#serial?.lastLines() ?? [],
      screenshotPath: exit === undefined ? await this.#lastScreenshot() : undefined,
      exit: exit && this.#process?.describeExit(exit),
      cause,
    });
  }

  /** How QEMU ended; when its sockets have closed already, the exit that must follow is waited for. */
  async #exitSeen(): Promise<QemuExit | undefined> {
    const process = this.#process;
    if (!process || (this.#qmp?.open && !this.#serial?.ended)) return process?.exit;
    return withDeadline(process.exited, exitDeadline, () => new Error('late')).catch(() => undefined);
  }

  async #lastScreenshot(): Promise<string | undefined> {
    const qmp = this.#qmp;
    if (!qmp?.open || this.description.vga === 'none') return undefined;
    const folder = this.context.evidenceDirectory ?? this.directory;
    const path = join(folder, `${this.description.name}-failure-${++this.#screenshots}.png`);
    try {
      const taken = qmp.executePlainly('screendump', { filename: path, format: 'png' });
      await withDeadline(taken, lastScreenshotDeadline, () => new Error('late'));
      return path;
    } catch {
      // The picture is a help, not the matter: the error that is being made must come out.
      return undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process?.[Symbol.asyncDispose]();
    for (const socket of this.#sockets) socket[Symbol.dispose]();
    for (const folder of [this.directory, ...this.folders])
      await rm(folder, { recursive: true, force: true });
  }
}

import type { GuestAgent } from './guest-agent/guest-agent';
import { plugDisk, unplugDisk } from './hot-plug';
import { usKeys } from './keyboard/us-layout';
import type { DiskDescription, MachineDescription } from './machine-description';
import type { MachineError } from './machine-error';
import type { MachineParts } from './machine-parts';
import type { QemuExit } from './qemu-process';
import type { QmpClient } from './qmp/qmp-client';
import type { SerialConsole } from './serial-console';
import { stopAtMark } from './waypoint/boot-mark';
import { saveBootMark, saveWaypoint } from './waypoint/save-waypoint';
import type { Waypoint } from './waypoint/waypoint';

/** How long a key stays down (ms): long enough for a guest that polls its keyboard under emulation. */
const keyHoldTime = 30;

/** A machine whose guest runs. Disposing it ends QEMU at once and removes what it had written. */
export class RunningMachine implements AsyncDisposable {
  readonly description: MachineDescription;
  readonly #parts: MachineParts;

  constructor(parts: MachineParts) {
    this.description = parts.description;
    this.#parts = parts;
  }

  get qmp(): QmpClient {
    return this.#parts.qmp;
  }

  get serial(): SerialConsole {
    return this.#parts.serial;
  }

  /** The channel to QEMU's guest agent in the guest; undefined where the description has none. */
  get agent(): GuestAgent | undefined {
    return this.#parts.agent;
  }

  get pid(): number {
    return this.#parts.process.pid;
  }

  /** Where the VNC console answers, as described (`127.x.y.z:port` or `unix:/path`). */
  get vnc(): string | undefined {
    return this.description.vnc;
  }

  /** The program and its arguments, for the evidence. */
  get commandLine(): readonly string[] {
    return this.#parts.process.commandLine;
  }

  /** The machine's own folder: `serial.log`, `qmp.log` and `cpu-resets.log` are there, as long as the machine is. */
  get directory(): string {
    return this.#parts.directory;
  }

  /** Writes what the screen shows as a PNG. */
  async screenshot(path: string): Promise<void> {
    await this.qmp.execute('screendump', { filename: path, format: 'png' });
  }

  /** Presses keys together (QEMU qcodes: `['ctrl', 'alt', 'delete']`) ; QEMU plays them one after another. */
  async pressKeys(keys: readonly string[]): Promise<void> {
    await this.qmp.execute('send-key', {
      keys: keys.map((data) => ({ type: 'qcode', data })),
      'hold-time': keyHoldTime,
    });
  }

  /** Types text on the machine's keyboard as a US one; `\n` is Enter. */
  async typeText(text: string): Promise<void> {
    for (const character of text) await this.pressKeys(usKeys(character));
  }

  /** The reset button: the firmware starts over, memory and disks stay. */
  async reset(): Promise<void> {
    const reset = this.qmp.once('RESET', { deadline: 10_000, what: 'the machine to reset' });
    await this.qmp.execute('system_reset');
    await reset;
  }

  /** The power button, short: asks the guest by ACPI. Wait for the end with `waitForExit`. */
  async powerdown(): Promise<void> {
    await this.qmp.execute('system_powerdown');
  }

  /** Waits until the guest has switched the machine off (or QEMU ended otherwise). */
  async waitForExit({ deadline }: { readonly deadline: number }): Promise<QemuExit> {
    return this.#parts.waitForExit(deadline, 'to switch off');
  }

  /**
   * Ends the machine and keeps its state in `directory`, a folder that must not exist yet, beside other
   * waypoints. `key` is its name there for all time: see `waypointKey`. The machine's writable disks move
   * there with it, except tracked ones that were only read.
   */
  async saveWaypoint(directory: string, key: string): Promise<Waypoint> {
    return saveWaypoint(this.#parts, directory, key);
  }

  /**
   * Stops the machine where its guest marks its boot, which the description allows (`bootMark`); resolves when it stands
   * there. `saveBootMark` lets it go on. @throws the signal's reason when it aborts before: then the guest goes on
   */
  async stopAtMark(signal: AbortSignal): Promise<void> {
    await stopAtMark(this.#parts, signal);
  }

  /**
   * Keeps the state of the machine that stands at its mark as a waypoint in `directory`, as `saveWaypoint` does, and lets it
   * go on. The waypoint fits every disk on which the firmware would find the same way to that mark: what is on the disks is
   * for the key to tell.
   */
  async saveBootMark(directory: string, key: string): Promise<void> {
    await saveBootMark(this.#parts, directory, key);
  }

  /** Plugs in a virtio disk at a free one of the description's `hotPlugPorts`, which the disk names. */
  async plugDisk(disk: DiskDescription): Promise<void> {
    await plugDisk(this.qmp, disk);
  }

  /** Takes out a disk at a port, with the guest's consent. */
  async unplugDisk(id: string): Promise<void> {
    await unplugDisk(this.qmp, id);
  }

  /** An error with everything that is known of the machine now; takes a screenshot while there is a screen. */
  failure(sentence: string, cause?: unknown): Promise<MachineError> {
    return this.#parts.failure(sentence, cause);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts[Symbol.asyncDispose]();
  }
}

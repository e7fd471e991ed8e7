import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import {
  type EvdevKey,
  Framebuffer,
  Key,
  type KeyPress,
  KeyState,
  type Rectangle,
  usKey,
} from '../../../linux-devices';
import { LogonConsole } from '../console';
import type { ConsoleParts, ConsoleShell, ConsoleState } from '../console-parts';

export class RecordedShell implements ConsoleShell {
  input = '';
  closed = false;
  #output: ((output: Uint8Array) => void)[] = [];
  #exit: (() => void)[] = [];

  constructor(
    readonly user: string,
    readonly columns: number,
    readonly rows: number,
  ) {}

  write(input: Uint8Array): void {
    this.input += Buffer.from(input).toString();
  }
  resize(): void {}
  onOutput(listener: (output: Uint8Array) => void): void {
    this.#output.push(listener);
  }
  onExit(listener: () => void): void {
    this.#exit.push(listener);
  }
  close(): void {
    this.closed = true;
  }
  print(text: string): void {
    for (const listener of this.#output) listener(Buffer.from(text));
  }
  exit(): void {
    for (const listener of this.#exit) listener();
  }
}

/** A logon console on a file instead of a framebuffer, with a keyboard that the test presses. */
export class ConsoleRig implements Disposable {
  readonly states: ConsoleState[] = [];
  readonly shells: RecordedShell[] = [];
  readonly console: LogonConsole;
  now = new Date('2026-11-21T03:45:10Z');
  readonly #directory = mkdtempSync(join(tmpdir(), 'logon-console-'));
  readonly #path = join(this.#directory, 'fb');
  readonly #framebuffer: Framebuffer;
  readonly #keys = new KeyState();
  #listener: (press: KeyPress) => void = () => {};
  #waiting: { name: string; resolve: () => void }[] = [];

  constructor(
    readonly width = 1024,
    readonly height = 768,
    parts: Partial<ConsoleParts> = {},
  ) {
    writeFileSync(this.#path, '');
    truncateSync(this.#path, width * height * 4);
    this.#framebuffer = Framebuffer.open(this.#path, { width, height, stride: width * 4 });
    const standard: ConsoleParts = {
      framebuffer: this.#framebuffer,
      keyboard: {
        onKey: (listener) => {
          this.#listener = listener;
          return () => {
            this.#listener = () => {};
          };
        },
      },
      hostName: 'WINRESCUEOVH',
      defaultUser: 'Administrator',
      authenticate: async (_user, password) => (password === 'S3cret!' ? undefined : 'wrong-password'),
      openShell: (user, columns, rows) => {
        const shell = new RecordedShell(user, columns, rows);
        this.shells.push(shell);
        return shell;
      },
      onState: (state) => this.#note(state),
      now: () => this.now,
    };
    // Not spread: a part may be a getter.
    this.console = new LogonConsole(
      Object.defineProperties(standard, Object.getOwnPropertyDescriptors(parts)) as ConsoleParts,
    );
  }

  get state(): string {
    return this.console.state.name;
  }

  reached(name: ConsoleState['name']): Promise<void> {
    if (this.state === name) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ name, resolve }));
  }

  press(...codes: readonly number[]): void {
    for (const code of codes) this.#send({ code, action: 'down' });
    for (const code of [...codes].reverse()) this.#send({ code, action: 'up' });
  }

  type(text: string): void {
    for (const character of text) {
      const { code, shift } = usKey(character)!;
      if (shift) this.press(Key.LeftShift, code);
      else this.press(code);
    }
  }

  ctrlAltDel(): void {
    this.press(Key.LeftControl, Key.LeftAlt, Key.Delete);
  }

  async signIn(password = 'S3cret!'): Promise<void> {
    this.ctrlAltDel();
    this.type(password);
    this.press(Key.Enter);
    await this.reached('desktop');
  }

  /** 0xRRGGBB of one point of the screen. */
  pixel(x: number, y: number): number {
    return this.#bytes().readUInt32LE((y * this.width + x) * 4);
  }

  /** The bytes of a part of the screen, to compare with another picture of it. */
  region({ x, y, width, height }: Rectangle): string {
    const bytes = this.#bytes();
    const rows = Array.from({ length: height }, (_, row) => {
      const start = ((y + row) * this.width + x) * 4;
      return bytes.subarray(start, start + width * 4);
    });
    return Buffer.concat(rows).toString('latin1');
  }

  /** Differing points between now and the bytes taken before, as the smallest rectangle around them. */
  changedSince(before: Buffer): Rectangle | undefined {
    const now = this.#bytes();
    if (now.equals(before)) return undefined;
    let [left, top, right, bottom] = [this.width, this.height, 0, 0];
    for (let y = 0; y < this.height; y++)
      for (let x = 0; x < this.width; x++) {
        const at = (y * this.width + x) * 4;
        if (now.readUInt32LE(at) === before.readUInt32LE(at)) continue;
        [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
      }
    return { x: left, y: top, width: right - left, height: bottom - top };
  }

  picture(): Buffer {
    return this.#bytes();
  }

  png(): Buffer {
    const png = new PNG({ width: this.width, height: this.height });
    const bytes = this.#bytes();
    for (let at = 0; at < bytes.length; at += 4) {
      png.data[at] = bytes[at + 2]!;
      png.data[at + 1] = bytes[at + 1]!;
      png.data[at + 2] = bytes[at]!;
      png.data[at + 3] = 255;
    }
    return PNG.sync.write(png);
  }

  #bytes(): Buffer {
    return readFileSync(this.#path);
  }

  #send(key: EvdevKey): void {
    this.#listener(this.#keys.apply(key));
  }

  #note(state: ConsoleState): void {
    this.states.push(state);
    this.#waiting = this.#waiting.filter(({ name, resolve }) => {
      if (name === state.name) resolve();
      return name !== state.name;
    });
  }

  [Symbol.dispose](): void {
    this.console[Symbol.dispose]();
    this.#framebuffer[Symbol.dispose]();
    rmSync(this.#directory, { recursive: true });
  }
}

import * as os from 'quickjs-os';
import type { MenuKey } from '../boot-manager';

/** Opened without waiting: a read gives what was typed so far. */
const O_NONBLOCK = 0x800;

const KEYS: readonly (readonly [string, MenuKey])[] = [
  ['\x1b[A', 'up'],
  ['\x1b[B', 'down'],
  ['\x1b[19~', 'f8'],
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'tab'],
];

/** The console's keyboard, without echo or waiting for whole lines. */
export class Keyboard {
  readonly #device = os.open('/dev/tty0', os.O_RDONLY | O_NONBLOCK);
  readonly #buffer = new ArrayBuffer(64);

  constructor() {
    if (this.#device >= 0) os.ttySetRaw(this.#device);
  }

  /** The keys that were pressed since the last call. */
  read(): MenuKey[] {
    const count = this.#device < 0 ? 0 : os.read(this.#device, this.#buffer, 0, this.#buffer.byteLength);
    return count > 0 ? decodeKeys(String.fromCharCode(...new Uint8Array(this.#buffer, 0, count))) : [];
  }

  onKeys(handle: (keys: readonly MenuKey[]) => void): void {
    if (this.#device >= 0) os.setReadHandler(this.#device, () => handle(this.read()));
  }

  close(): void {
    if (this.#device < 0) return;
    os.setReadHandler(this.#device, null);
    os.close(this.#device);
  }
}

/** Names the keys in what a Linux console sends; an escape sequence that is none of ours is no Esc. */
export function decodeKeys(text: string): MenuKey[] {
  const keys: MenuKey[] = [];
  for (let rest = text; rest !== ''; ) {
    const known = KEYS.find(([sequence]) => rest.startsWith(sequence));
    const length = known?.[0].length ?? /^\x1b\[[0-9;[]*[A-Za-z~]/.exec(rest)?.[0].length ?? 1;
    if (known) keys.push(known[1]);
    else if (rest[0] === '\x1b' && length === 1) keys.push('escape');
    rest = rest.slice(length);
  }
  return keys;
}

import * as os from 'quickjs-os';
import { decodeKeys, type MenuKey } from '../boot-manager';

/** Opened without waiting: a read gives what was typed so far. */
const O_NONBLOCK = 0x800;

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

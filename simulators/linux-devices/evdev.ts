/** struct input_event of linux/input.h on a 64-bit kernel: two 8-byte times, type u16, code u16, value s32. */
const EVENT_BYTES = 24;
const EV_KEY = 1;

export interface EvdevKey {
  /** KEY_* of linux/input-event-codes.h. */
  readonly code: number;
  readonly action: 'down' | 'up' | 'repeat';
}

/** Cuts an evdev byte stream into key events; other event types are dropped. Chunks may end anywhere. */
export class EvdevParser {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): EvdevKey[] {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const keys: EvdevKey[] = [];
    let offset = 0;
    for (; offset + EVENT_BYTES <= bytes.length; offset += EVENT_BYTES) {
      if (bytes.readUInt16LE(offset + 16) !== EV_KEY) continue;
      const value = bytes.readInt32LE(offset + 20);
      keys.push({
        code: bytes.readUInt16LE(offset + 18),
        action: value === 0 ? 'up' : value === 1 ? 'down' : 'repeat',
      });
    }
    this.#rest = bytes.subarray(offset);
    return keys;
  }
}

/** One event in the kernel's layout with a zero time: for tests and for tools that feed a keyboard file. */
export function encodeEvdevKey({ code, action }: EvdevKey): Buffer {
  const bytes = Buffer.alloc(EVENT_BYTES);
  bytes.writeUInt16LE(EV_KEY, 16);
  bytes.writeUInt16LE(code, 18);
  bytes.writeInt32LE(action === 'up' ? 0 : action === 'down' ? 1 : 2, 20);
  return bytes;
}

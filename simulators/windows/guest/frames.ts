/** Frame types of the shell socket (docs/architecture.md). */
export const ClientFrame = { input: 0, resize: 1, end: 2 } as const;
export const ServerFrame = { output: 0, exit: 1, errors: 2 } as const;

export interface Frame {
  readonly type: number;
  readonly payload: Uint8Array;
}

const headLength = 5;
/** A client of ours sends at most a few KiB at once; more means that something else speaks. */
const longestPayload = 1 << 20;
const longestHeader = 64 * 1024;

/** `type u8, length u32 big-endian, payload`. */
export function encodeFrame(type: number, payload: Uint8Array): Buffer {
  const frame = Buffer.alloc(headLength + payload.length);
  frame.writeUInt8(type, 0);
  frame.writeUInt32BE(payload.length, 1);
  frame.set(payload, headLength);
  return frame;
}

export function encodeExit(code: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(code >>> 0);
  return encodeFrame(ServerFrame.exit, payload);
}

/** Takes a connection's bytes apart: the header line, then frames. Throws on what can be neither. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  #header: string | undefined;

  /** Adds bytes. Returns the header once it is whole (in the same call or an earlier one) and the frames that are. */
  push(chunk: Uint8Array): { readonly header: string | undefined; readonly frames: readonly Frame[] } {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    if (this.#header === undefined) {
      const end = this.#rest.indexOf('\n');
      if (end < 0 && this.#rest.length > longestHeader) {
        throw new Error(`The shell socket got ${this.#rest.length} bytes without the end of a header line.`);
      }
      if (end < 0) return { header: undefined, frames: [] };
      this.#header = this.#rest.toString('utf8', 0, end);
      this.#rest = this.#rest.subarray(end + 1);
    }
    const frames: Frame[] = [];
    while (this.#rest.length >= headLength) {
      const length = this.#rest.readUInt32BE(1);
      if (length > longestPayload) throw new Error(`The shell socket got a frame of ${length} bytes.`);
      if (this.#rest.length < headLength + length) break;
      frames.push({
        type: this.#rest.readUInt8(0),
        payload: this.#rest.subarray(headLength, headLength + length),
      });
      this.#rest = this.#rest.subarray(headLength + length);
    }
    return { header: this.#header, frames };
  }
}

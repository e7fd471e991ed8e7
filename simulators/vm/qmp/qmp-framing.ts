import { StringDecoder } from 'node:string_decoder';
import type { QmpMessage } from './qmp-types';

/**
 * Splits the byte stream of a QMP connection into messages: one JSON object per line, which may
 * arrive in any number of pieces, also with a character cut in two.
 */
export class QmpFraming {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  push(chunk: Buffer): QmpMessage[] {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.filter((line) => line.trim() !== '').map(parse);
  }
}

function parse(line: string): QmpMessage {
  try {
    return JSON.parse(line) as QmpMessage;
  } catch (cause) {
    throw new Error(`QEMU sent a line on its QMP socket that is not JSON: ${line.trim().slice(0, 200)}`, {
      cause,
    });
  }
}

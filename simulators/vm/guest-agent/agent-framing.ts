import { StringDecoder } from 'node:string_decoder';

export type AgentMessage =
  | { readonly return: unknown }
  | { readonly error: { readonly class: string; readonly desc: string } };

const DELIMITER = 0xff;

/**
 * Splits the byte stream of a guest agent into messages, one JSON object a line. The byte 0xff, which JSON never has,
 * stands before the answer to `guest-sync-delimited`: what came before it on its line is no message.
 */
export class AgentFraming {
  #decoder = new StringDecoder('utf8');
  #rest = '';

  push(chunk: Buffer): AgentMessage[] {
    const at = chunk.lastIndexOf(DELIMITER);
    if (at !== -1) {
      this.#decoder = new StringDecoder('utf8');
      this.#rest = '';
    }
    const lines = (this.#rest + this.#decoder.write(chunk.subarray(at + 1))).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap(parse);
  }
}

/** A line that is cut or no answer is passed over: the next synchronisation tells it from the others. */
function parse(line: string): AgentMessage[] {
  try {
    const message = JSON.parse(line) as unknown;
    const isAnswer =
      typeof message === 'object' && message !== null && ('return' in message || 'error' in message);
    return isAnswer ? [message as AgentMessage] : [];
  } catch {
    return [];
  }
}

import type { Duplex } from 'node:stream';
import { deferred } from '../deferred';
import type { QmpClient } from '../qmp/qmp-client';
import { withDeadline } from '../with-deadline';
import { AgentRefusal, AgentSilence } from './agent-errors';
import { AgentFraming, type AgentMessage } from './agent-framing';

/** The commands of QEMU's guest agent that the lab uses (QEMU 7.2, qga/qapi-schema.json). */
interface AgentCommands {
  'guest-ping': { arguments: undefined; returns: object };
  'guest-info': { arguments: undefined; returns: { version: string } };
  /** `password` in base64; `crypted`: it is a hash for the guest's own files. */
  'guest-set-user-password': {
    arguments: { username: string; password: string; crypted: boolean };
    returns: object;
  };
}

type Parameters<C extends keyof AgentCommands> = AgentCommands[C]['arguments'] extends undefined
  ? []
  : [AgentCommands[C]['arguments']];

/** An agent that runs answers at once; this is for a guest under emulation on a busy host (ms). */
const syncDeadline = 20_000;
/** For the work that a command is (ms). */
const commandDeadline = 60_000;

/** The host's end of the channel to QEMU's guest agent: one command after the other, each after a synchronisation. */
export class GuestAgent {
  readonly #framing = new AgentFraming();
  #waiting: ((message: AgentMessage) => void) | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #syncs = 0;

  constructor(
    private readonly stream: Duplex,
    private readonly qmp: QmpClient,
  ) {
    stream.on('data', (chunk: Buffer) => {
      for (const message of this.#framing.push(chunk)) this.#waiting?.(message);
    });
    stream.on('error', () => undefined);
  }

  /**
   * Asks the agent and gives back its answer.
   * @throws AgentSilence where nobody in the guest listens or answers; AgentRefusal with the agent's own words
   */
  execute<C extends keyof AgentCommands>(
    command: C,
    ...[parameters]: Parameters<C>
  ): Promise<AgentCommands[C]['returns']> {
    const work = async () => {
      await this.#synchronise();
      const request = { execute: command, ...(parameters && { arguments: parameters }) };
      const answer = await this.#ask(`${JSON.stringify(request)}\n`, () => true, {
        deadline: commandDeadline,
        what: command,
      });
      if ('error' in answer) throw new AgentRefusal(command, answer.error.desc);
      return answer.return as AgentCommands[C]['returns'];
    };
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Answers of commands that nobody waits for any more stand before the one to this number. */
  async #synchronise(): Promise<void> {
    const channels = await this.qmp.execute('query-chardev');
    if (!channels.some((one) => one.label === 'agent0' && one['frontend-open']))
      throw new AgentSilence('No guest agent has opened its channel in the guest.');
    const id = ++this.#syncs;
    // The byte 0xff ends whatever the agent has read by halves.
    const request = JSON.stringify({ execute: 'guest-sync-delimited', arguments: { id } });
    await this.#ask(`\xff${request}\n`, (message) => 'return' in message && message.return === id, {
      deadline: syncDeadline,
      what: 'guest-sync-delimited',
    });
  }

  async #ask(
    bytes: string,
    isAnswer: (message: AgentMessage) => boolean,
    { deadline, what }: { deadline: number; what: string },
  ): Promise<AgentMessage> {
    const { promise, resolve } = deferred<AgentMessage>();
    this.#waiting = (message) => {
      if (isAnswer(message)) resolve(message);
    };
    this.stream.write(Buffer.from(bytes, bytes.startsWith('\xff') ? 'latin1' : 'utf8'));
    try {
      return await withDeadline(
        promise,
        deadline,
        (waited) => new AgentSilence(`The guest agent did not answer ${what} within ${waited}.`),
      );
    } finally {
      this.#waiting = undefined;
    }
  }
}

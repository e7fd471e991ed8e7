import type { Accounts } from '../accounts';

/** Of QEMU's guest agent, whose commands these are (qga/qapi-schema.json). */
const VERSION = '7.2.0';
const DELIMITER = 0xff;

interface Request {
  readonly execute?: unknown;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

type Command = (parameters: Readonly<Record<string, unknown>>) => unknown;

/**
 * Reads requests, a JSON object a line, and answers each as QEMU's guest agent for Windows does. A byte 0xff forgets what
 * stands before it. @param send gets the answers' bytes, in the order of the requests
 */
export class AgentProtocol {
  #rest: Buffer = Buffer.alloc(0);
  #last: Promise<void> = Promise.resolve();
  readonly #commands: Readonly<Record<string, Command>>;

  constructor(
    private readonly accounts: Accounts,
    private readonly send: (bytes: Buffer) => Promise<void>,
  ) {
    this.#commands = {
      'guest-sync': ({ id }) => id,
      'guest-sync-delimited': ({ id }) => id,
      'guest-ping': () => ({}),
      'guest-info': () => ({
        version: VERSION,
        supported_commands: Object.keys(this.#commands).map((name) => ({
          name,
          enabled: true,
          'success-response': true,
        })),
      }),
      'guest-set-user-password': (parameters) => this.#setPassword(parameters),
    };
  }

  /** Resolves when everything that was asked so far is answered. */
  push(chunk: Buffer): Promise<void> {
    let bytes = Buffer.concat([this.#rest, chunk]);
    bytes = bytes.subarray(bytes.lastIndexOf(DELIMITER) + 1);
    for (let end = bytes.indexOf('\n'); end !== -1; end = bytes.indexOf('\n')) {
      const line = bytes.toString('utf8', 0, end);
      bytes = bytes.subarray(end + 1);
      if (line.trim() !== '') this.#last = this.#last.then(() => this.#answer(line));
    }
    this.#rest = bytes;
    return this.#last;
  }

  async #answer(line: string): Promise<void> {
    let request: Request | null;
    try {
      request = JSON.parse(line) as Request | null;
    } catch {
      await this.#say({ error: { class: 'GenericError', desc: 'JSON parse error' } });
      return;
    }
    const name = String(request?.execute);
    const command = Object.hasOwn(this.#commands, name) ? this.#commands[name] : undefined;
    if (command === undefined) {
      await this.#say({
        error: { class: 'CommandNotFound', desc: `The command ${name} has not been found` },
      });
      return;
    }
    try {
      const answer = { return: await command(request?.arguments ?? {}) };
      await this.#say(answer, name === 'guest-sync-delimited');
    } catch (error) {
      await this.#say({ error: { class: 'GenericError', desc: (error as Error).message } });
    }
  }

  #say(message: object, delimited = false): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(message)}\n`);
    return this.send(delimited ? Buffer.concat([Buffer.from([DELIMITER]), line]) : line);
  }

  /** As qga/commands-win32.c does: Windows takes no hashes. */
  async #setPassword({ username, password, crypted }: Readonly<Record<string, unknown>>): Promise<object> {
    if (typeof username !== 'string' || typeof password !== 'string' || typeof crypted !== 'boolean')
      throw new Error("Invalid parameter type for 'username', 'password' or 'crypted'");
    if (crypted) throw new Error('this feature or command is not currently supported');
    const user = username === '' ? undefined : await this.accounts.find(username);
    if (user === undefined) throw new Error('failed to set password: The user name could not be found.');
    await this.accounts.setPassword(user, Buffer.from(password, 'base64').toString('utf8'));
    return {};
  }
}

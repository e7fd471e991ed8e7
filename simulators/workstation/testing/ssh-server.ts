import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Connection, Server, type ServerChannel, type SFTPWrapper, utils } from 'ssh2';

const { STATUS_CODE } = utils.sftp;
/** The only file that the server has over SFTP: every byte, often enough for several requests. */
export const SERVED_FILE = {
  path: '/C:/with a blank.bin',
  bytes: Buffer.alloc(100_000, Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))),
};

/** A real SSH server on loopback, with password logins; commands, the shell and files are scripted here. */
export class TestSshServer implements AsyncDisposable {
  logins = 0;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();

  /** As clients know it: type and base64. */
  readonly hostKey: string;

  private constructor(user: string, password: string) {
    // Not ed25519: of a thousand such keys that ssh2 makes, it cannot read one or two again.
    const hostKey = utils.generateKeyPairSync('ecdsa', { bits: 256 });
    this.hostKey = hostKey.public.split(' ').slice(0, 2).join(' ');
    this.#server = new Server({ hostKeys: [hostKey.private] }, (connection) => {
      this.#connections.add(connection);
      connection.on('close', () => this.#connections.delete(connection)).on('error', () => {});
      connection.on('authentication', (context) => {
        if (context.method === 'password' && context.username === user && context.password === password) {
          this.logins++;
          context.accept();
        } else context.reject(['password']);
      });
      connection.on('session', (accept) => {
        const session = accept();
        session.on('pty', (acceptTerminal) => acceptTerminal?.());
        session.on('exec', (acceptCommand, _reject, { command }) => runCommand(command, acceptCommand()));
        session.on('shell', (acceptShell) => runShell(acceptShell()));
        session.on('sftp', (acceptSftp) => serveFile(acceptSftp()));
      });
    });
  }

  static async listen(user: string, password: string): Promise<TestSshServer> {
    const server = new TestSshServer(user, password);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends all connections, as a server does that restarts. */
  async dropConnections(): Promise<void> {
    await Promise.all(
      [...this.#connections].map(async (connection) => {
        const closed = once(connection, 'close');
        connection.end();
        await closed;
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dropConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** `upper` sends its input back in capitals, `fail N` ends with N, `hang` never ends, other commands are echoed. */
function runCommand(command: string, channel: ServerChannel): void {
  const end = (code: number) => {
    channel.exit(code);
    channel.end();
  };
  const [name, argument] = command.split(' ');
  if (name === 'upper') {
    channel.on('data', (chunk: Buffer) => channel.write(chunk.toString().toUpperCase()));
    channel.on('end', () => end(0));
  } else if (name === 'fail') {
    channel.stderr.write('that went wrong\n');
    end(Number(argument));
  } else if (name !== 'hang') {
    channel.write(`ran ${command}\n`);
    end(0);
  }
}

/** Echoes what is typed and answers each line with colours, as a console program does. */
function runShell(channel: ServerChannel): void {
  let line = '';
  channel.write('\x1b[2J\x1b[HC:\\>');
  channel.on('data', (chunk: Buffer) => {
    for (const character of chunk.toString()) {
      if (character !== '\r') {
        line += character;
        channel.write(character);
        continue;
      }
      if (line === 'exit') {
        channel.exit(3);
        channel.end();
        return;
      }
      channel.write(`\r\nYou said \x1b[93m${line}\x1b[0m.\r\n\r\nC:\\>`);
      line = '';
    }
  });
}

function serveFile(sftp: SFTPWrapper): void {
  const { path, bytes } = SERVED_FILE;
  const facts = { mode: 0o100644, uid: 0, gid: 0, size: bytes.length, atime: 0, mtime: 0 };
  const tell = (id: number, name: string) =>
    name === path ? sftp.attrs(id, facts) : sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
  sftp.on('REALPATH', (id, name) => sftp.name(id, [{ filename: name, longname: name, attrs: facts }]));
  sftp.on('STAT', tell).on('LSTAT', tell);
  sftp.on('FSTAT', (id) => sftp.attrs(id, facts));
  sftp.on('OPEN', (id) => sftp.handle(id, Buffer.from('1')));
  sftp.on('READ', (id, _handle, offset, length) =>
    offset < bytes.length
      ? sftp.data(id, bytes.subarray(offset, offset + length))
      : sftp.status(id, STATUS_CODE.EOF),
  );
  sftp.on('end', () => sftp.end());
  sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK));
}

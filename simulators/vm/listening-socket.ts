import { createServer, type Server, type Socket } from 'node:net';
import { deferred } from './deferred';

/** The longest path a unix socket can have on Linux (unix(7): 108 bytes with the final zero). */
const longestPath = 107;

/** A unix socket that waits for one connection: QEMU connects to it when it starts, so nothing is polled. */
export class ListeningSocket implements Disposable {
  readonly path: string;
  readonly connection: Promise<Socket>;
  readonly #server: Server;
  #socket: Socket | undefined;

  private constructor(path: string, server: Server) {
    this.path = path;
    this.#server = server;
    const { promise, resolve } = deferred<Socket>();
    this.connection = promise;
    server.once('connection', (socket) => {
      this.#socket = socket;
      server.close();
      resolve(socket);
    });
  }

  static async listen(path: string): Promise<ListeningSocket> {
    if (Buffer.byteLength(path) > longestPath) {
      throw new Error(
        `The socket path ${path} is longer than the ${longestPath} bytes Linux allows: set TMPDIR to a shorter folder.`,
      );
    }
    const server = createServer();
    const socket = new ListeningSocket(path, server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(path, resolve);
    });
    return socket;
  }

  [Symbol.dispose](): void {
    this.#server.close();
    this.#socket?.destroy();
  }
}

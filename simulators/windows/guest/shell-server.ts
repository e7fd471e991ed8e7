import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { type ShellServices, serveConnection } from './shell-connection';

/** Listens for `standin-shell` on a unix socket that only root may open. Disposing closes it and every session. */
export async function startShellServer(path: string, services: ShellServices): Promise<AsyncDisposable> {
  const sockets = new Set<Socket>();
  // Half-open: a client that has sent its input still waits for its output.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, services);
  });
  await mkdir(dirname(path), { recursive: true });
  // What a killed predecessor left would make listen fail.
  await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(`The shell socket ${path} cannot be opened: ${error.message}.`, { cause: error })),
    );
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { bridge } from './bridge';
import { noVncModule } from './novnc-files';

/** Finds the RFB server (`host:port`) that a token opens now; undefined when it opens none. */
export type ConsoleResolver = (token: string) => string | undefined;

export interface ConsoleProxy extends AsyncDisposable {
  /** `http://host:port` without a slash at the end. */
  readonly url: string;
  /** The page that shows the console behind `token`. */
  urlFor(token: string): string;
  /** Lets `resolve` answer for tokens, too, until disposed of. Each provider has its own tokens. */
  add(resolve: ConsoleResolver): Disposable;
}

const ASSETS: Readonly<Record<string, { file: string; type: string }>> = {
  '/vnc_auto.html': { file: 'console.html', type: 'text/html; charset=utf-8' },
  '/console.mjs': { file: 'console.mjs', type: 'text/javascript; charset=utf-8' },
  '/console.css': { file: 'console.css', type: 'text/css; charset=utf-8' },
};

/**
 * Serves the KVM consoles to browsers: a page with noVNC, and a bridge from its WebSocket to the RFB port that
 * the token in the address opens. Addresses look like those of Nova's console proxy:
 * `/vnc_auto.html?path=%3Ftoken%3D<token>`.
 */
export async function startConsoleProxy({
  host = '127.0.0.1',
  port = 0,
}: {
  host?: string;
  port?: number;
} = {}): Promise<ConsoleProxy> {
  const resolvers = new Set<ConsoleResolver>();
  const webSockets = new WebSocketServer({ noServer: true });
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const token = new URL(request.url ?? '/', 'http://console').searchParams.get('token') ?? '';
    const target = [...resolvers].map((resolve) => resolve(token)).find(Boolean);
    if (target === undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => void bridge(webSocket, target));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new Error(
          `The console proxy could not listen on ${host}:${port}: ${cause.message}. Choose another port.`,
          { cause },
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    urlFor: (token) => `${url}/vnc_auto.html?path=${encodeURIComponent(`?token=${token}`)}`,
    add(resolve) {
      resolvers.add(resolve);
      return { [Symbol.dispose]: () => void resolvers.delete(resolve) };
    },
    async [Symbol.asyncDispose]() {
      for (const webSocket of webSockets.clients) {
        webSocket.terminate();
      }
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://console');
  const asset = ASSETS[pathname];
  const body = asset ? await readFile(join(__dirname, asset.file)) : await noVncModule(pathname);
  if (body === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is no such page.\n');
    return;
  }
  response
    .writeHead(200, {
      'content-type': asset?.type ?? 'text/javascript; charset=utf-8',
      'referrer-policy': 'no-referrer',
    })
    .end(body);
}

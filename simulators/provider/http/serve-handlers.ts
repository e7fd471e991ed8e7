import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TLSSocket } from 'node:tls';
import { getResponse, type RequestHandler } from 'msw';
import { speakBoth } from './both-protocols';
import type { TlsIdentity } from './tls-identity';

/** What answers a request: msw handlers, tried in turn, or a function that finds the right one itself. */
export type Answering =
  | readonly RequestHandler[]
  | ((request: Request) => Promise<Response | undefined> | Response | undefined);

/**
 * Where to listen: a TCP address (port 0: the system picks one) or the path of a unix socket. With `tls` the address
 * answers https too.
 */
export type ListenOptions =
  | { readonly host?: string; readonly port?: number; readonly tls?: TlsIdentity }
  | { readonly path: string };

export interface HandlerServer extends AsyncDisposable {
  /** `http://host:port` without a slash at the end, or undefined on a unix socket. */
  readonly url: string | undefined;
  readonly port: number | undefined;
}

/**
 * Serves msw handlers over real HTTP on loopback, with keep-alive and streamed bodies. Disposing closes at once,
 * open connections included. A request that no handler answers gets 404.
 */
export async function serveHandlers(handlers: Answering, options: ListenOptions): Promise<HandlerServer> {
  const respond =
    typeof handlers === 'function' ? handlers : (request: Request) => getResponse([...handlers], request);
  const http = createServer((incoming, outgoing) => {
    answer(respond, incoming, outgoing).catch((error: unknown) => fail(outgoing, error));
  });
  const tls = 'path' in options ? undefined : options.tls;
  const server = tls === undefined ? http : speakBoth(http, tls);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const where =
    'path' in options
      ? { path: options.path }
      : { host: options.host ?? '127.0.0.1', port: options.port ?? 0 };
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const place = 'path' in where ? where.path : `${where.host}:${where.port}`;
      reject(
        new Error(`The HTTP server could not listen on ${place}: ${cause.message}. Choose another place.`, {
          cause,
        }),
      );
    });
    server.listen(where, resolve);
  });
  const address = server.address() as AddressInfo | string | null;
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: 'host' in where ? `http://${where.host}:${port}` : undefined,
    port,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) {
          socket.destroy();
        }
      });
    },
  };
}

type Respond = (request: Request) => Promise<Response | undefined> | Response | undefined;

/** Methods that a `Request` cannot have (Fetch standard, "forbidden method"). */
const FORBIDDEN_METHODS = ['TRACE', 'TRACK', 'CONNECT'];

async function answer(respond: Respond, incoming: IncomingMessage, outgoing: ServerResponse) {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const url = urlOf(incoming);
  if (url === undefined) {
    refuse(outgoing, 400, 'The address of the request is not a URL.');
    return;
  }
  if (FORBIDDEN_METHODS.includes(incoming.method ?? '')) {
    refuse(outgoing, 405, `${incoming.method} is not answered here.`);
    return;
  }
  const response = await respond(await toRequest(incoming, url, gone.signal));
  if (response?.type === 'error') {
    outgoing.destroy();
    return;
  }
  if (response === undefined) {
    refuse(outgoing, 404, 'Nothing answers at this address.');
    return;
  }
  const headers: Record<string, string | string[]> = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) {
    headers['set-cookie'] = cookies;
  }
  outgoing.writeHead(response.status, response.statusText || undefined, headers);
  if (response.body === null || incoming.method === 'HEAD') {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  await pipeline(Readable.fromWeb(response.body as import('node:stream/web').ReadableStream), outgoing);
}

/** Bodies of requests are small here (JSON, forms): they are read whole, so that a signature can cover them. */
async function toRequest(incoming: IncomingMessage, url: URL, signal: AbortSignal): Promise<Request> {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] as string, incoming.rawHeaders[index + 1] as string);
  }
  if (method === 'GET' || method === 'HEAD') {
    return new Request(url, { method, headers, signal });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  return new Request(url, { method, headers, body: Buffer.concat(chunks), signal });
}

function urlOf(incoming: IncomingMessage): URL | undefined {
  const { url = '/', headers } = incoming;
  const scheme = incoming.socket instanceof TLSSocket ? 'https' : 'http';
  const origin = `${scheme}://${headers.host || 'localhost'}`;
  // A path may begin with two slashes, which is no host.
  const text = /^https?:\/\//.test(url) ? url : `${origin}${url}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}

function refuse(outgoing: ServerResponse, status: number, text: string): void {
  outgoing.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

function fail(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.headersSent || outgoing.destroyed) {
    outgoing.destroy();
    return;
  }
  const reason = error instanceof Error ? error.message : String(error);
  outgoing
    .writeHead(500, { 'content-type': 'text/plain; charset=utf-8' })
    .end(`The simulator could not answer: ${reason}\n`);
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { getResponse, type RequestHandler } from 'msw';

/** Where to listen: a TCP address (port 0: the system picks one) or the path of a unix socket. */
export type ListenOptions = { readonly host?: string; readonly port?: number } | { readonly path: string };

export interface HandlerServer extends AsyncDisposable {
  /** `http://host:port` without a slash at the end, or undefined on a unix socket. */
  readonly url: string | undefined;
  readonly port: number | undefined;
}

/**
 * Serves msw handlers over real HTTP on loopback, with keep-alive and streamed bodies. Disposing closes at once,
 * open connections included. A request that no handler answers gets 404.
 */
export async function serveHandlers(
  handlers: readonly RequestHandler[],
  options: ListenOptions,
): Promise<HandlerServer> {
  const server = createServer((incoming, outgoing) => {
    answer([...handlers], incoming, outgoing).catch((error: unknown) => fail(outgoing, error));
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
        server.closeAllConnections();
      });
    },
  };
}

async function answer(handlers: RequestHandler[], incoming: IncomingMessage, outgoing: ServerResponse) {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const response = await getResponse(handlers, await toRequest(incoming, gone.signal));
  if (response === undefined) {
    outgoing
      .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
      .end('Nothing answers at this address.\n');
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
async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] as string, incoming.rawHeaders[index + 1] as string);
  }
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host || 'localhost'}`);
  if (method === 'GET' || method === 'HEAD') {
    return new Request(url, { method, headers, signal });
  }
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  return new Request(url, { method, headers, body: Buffer.concat(chunks), signal });
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

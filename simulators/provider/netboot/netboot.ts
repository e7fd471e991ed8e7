import { getResponse } from 'msw';
import type { DedicatedProvider } from '../dedicated';
import { serveHandlers } from '../http';
import { NullPhysicalServer } from '../null-physical-server';
import { netbootHandler } from './handlers';
import type { RescueFiles } from './script';

export interface NetbootOptions {
  /** The unix socket to listen on; left out, the netboot answers only a `NullPhysicalServer`. */
  readonly socketPath?: string;
  readonly files?: RescueFiles;
}

export interface Netboot extends AsyncDisposable {
  readonly server: string;
  readonly socketPath: string | undefined;
  /** Answers in-process what the socket answers. */
  readonly ask: (request: Request) => Promise<Response | undefined>;
  /** The guest gets "nothing for you yet" until the returned handle is disposed of. */
  holdSession(): Disposable;
}

/** Starts what one server asks at every power-on. A `NullPhysicalServer` is connected to it without a socket. */
export async function startNetboot(
  provider: DedicatedProvider,
  serverName: string,
  { socketPath, files = {} }: NetbootOptions = {},
): Promise<Netboot> {
  const server = provider.server(serverName);
  const handlers = [netbootHandler(provider, server, files)];
  const ask = async (request: Request) => {
    const response = await getResponse(handlers, request);
    // A connection that ended without an answer.
    return response?.type === 'error' ? undefined : response;
  };
  const listener = socketPath === undefined ? undefined : await serveHandlers(handlers, { path: socketPath });
  if (server.hardware instanceof NullPhysicalServer) {
    server.hardware.connect(async (request) => (server.netboot === 'works' ? ask(request) : undefined));
  }
  return {
    server: server.name,
    socketPath,
    ask,
    holdSession: () => provider.boots.holdSessions(server),
    [Symbol.asyncDispose]: async () => listener?.[Symbol.asyncDispose](),
  };
}

import { Socket } from 'node:net';
import tls from 'node:tls';
import { http } from 'msw';
import { type SetupServer, setupServer } from 'msw/node';
import { fetchFromFaces } from './fetch-face';
import type { InterceptedFace } from './intercepted-face';

/** msw patches the process once, so all labs of a process share one `setupServer`; the latest face of a host answers. */
const faces: InterceptedFace[] = [];
let server: SetupServer | undefined;

/**
 * From now on this process's requests to the face's hosts are answered by it, with no network. Whatever it answers is
 * the answer: no request to these hosts leaves the process. All other requests pass. Undone when disposed of.
 */
export function intercept(face: InterceptedFace): Disposable {
  faces.push(face);
  server ??= start();
  return {
    [Symbol.dispose]: () => {
      const index = faces.indexOf(face);
      if (index === -1) {
        return;
      }
      faces.splice(index, 1);
      if (faces.length === 0) {
        server?.close();
        server = undefined;
      }
    },
  };
}

const faceOf = (hostname: string) => faces.findLast(({ hosts }) => hosts.includes(hostname));

function start(): SetupServer {
  const ordinary = Socket.prototype.connect;
  const ordinaryFetch = globalThis.fetch;
  const started = setupServer(
    http.all('*', ({ request }) => {
      const { hostname } = new URL(request.url);
      return faceOf(hostname)?.respond(request);
    }),
  );
  started.listen({ onUnhandledFrame: 'bypass' });
  const intercepted = Socket.prototype.connect;
  Socket.prototype.connect = keepToFaces(ordinary, intercepted);
  const connectTls = tls.connect;
  tls.connect = shareSecureContext(connectTls);
  const fetchIntercepted = globalThis.fetch;
  globalThis.fetch = fetchFromFaces(ordinaryFetch, faceOf);
  return {
    ...started,
    close: () => {
      Socket.prototype.connect = intercepted;
      tls.connect = connectTls;
      globalThis.fetch = fetchIntercepted;
      started.close();
    },
  };
}

type Connect = typeof Socket.prototype.connect;

/**
 * msw takes over every connection of the process and waits for the client to speak first. Mail servers, SSH and VNC
 * speak first themselves: such connections would wait for ever. So msw gets those to the faces' hosts only.
 */
function keepToFaces(ordinary: Connect, intercepted: Connect): Connect {
  return function connect(this: Socket, ...words: unknown[]) {
    const isFaces = faceOf(hostOf(words) ?? '') !== undefined;
    return (isFaces ? intercepted : ordinary).apply(this, words as Parameters<Connect>);
  } as Connect;
}

/** A client makes a connection for each intercepted call: half of what that costs is reading the trusted roots anew. */
function shareSecureContext(ordinary: typeof tls.connect): typeof tls.connect {
  const secureContext = tls.createSecureContext();
  return function connect(...words: unknown[]) {
    const [options] = words as [tls.ConnectionOptions];
    const isFaces = typeof options === 'object' && faceOf(options.host ?? '') !== undefined;
    const given = isFaces ? [{ secureContext, ...options }, ...words.slice(1)] : words;
    return (ordinary as (...given: unknown[]) => tls.TLSSocket)(...given);
  } as typeof tls.connect;
}

/** The host that a socket is told to connect to: `(port, host)`, an object, or a list that begins with an object. */
function hostOf([first, second]: readonly unknown[]): string | undefined {
  const options = Array.isArray(first) ? first[0] : first;
  if (typeof options === 'object' && options !== null) {
    return (options as { host?: string }).host;
  }
  return typeof second === 'string' ? second : undefined;
}

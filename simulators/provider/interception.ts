import { http } from 'msw';
import { type SetupServer, setupServer } from 'msw/node';

/** A provider as the rest of this process reaches it under its public names. */
export interface InterceptedFace {
  /** Host names, such as `eu.api.ovh.com`. */
  readonly hosts: readonly string[];
  respond(request: Request): Promise<Response> | Response;
}

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

function start(): SetupServer {
  const started = setupServer(
    http.all('*', ({ request }) => {
      const { hostname } = new URL(request.url);
      return faces.findLast(({ hosts }) => hosts.includes(hostname))?.respond(request);
    }),
  );
  started.listen({ onUnhandledFrame: 'bypass' });
  return started;
}

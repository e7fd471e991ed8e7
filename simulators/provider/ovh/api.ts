import { type HttpHandler, http } from 'msw';
import type { DedicatedProvider } from '../dedicated';
import { logged, Router } from '../http';
import { authenticate } from './authenticate';
import type { OvhContext, SignedCall } from './call';
import { Credentials } from './credentials';
import { type ErrorDialect, errorResponse, OvhError } from './errors';
import { authRoutes, openAuthRoutes } from './routes-auth';
import { bootRoutes } from './routes-boot';
import { ipmiRoutes } from './routes-ipmi';
import { meRoutes } from './routes-me';
import { secretRoutes } from './routes-secret';
import { serverRoutes } from './routes-server';
import { specificationRoutes } from './routes-specifications';
import { taskRoutes } from './routes-task';
import { validationPage } from './validation-page';

export interface OvhApiOptions {
  /** Which of the two shapes of error bodies is answered. */
  readonly errorDialect?: ErrorDialect;
  /** Seconds that a client's clock may be off; 180 is what a third-party mock uses, no official figure is known. */
  readonly clockSkew?: number;
}

export interface OvhApi {
  readonly credentials: Credentials;
  /** One msw handler for all of the API at `origin` (`https://eu.api.ovh.com`); `*` answers at any. */
  handler(origin: string): HttpHandler;
}

/** `/1.0` and `/v1` are the same API. */
const PREFIX = /^\/(?:1\.0|v1)(?=\/)/;

/** The face that OVHcloud's API clients talk to. */
export function createOvhApi(
  provider: DedicatedProvider,
  { errorDialect = 'class', clockSkew = 180 }: OvhApiOptions = {},
): OvhApi {
  const credentials = new Credentials({ clock: provider.clock, random: provider.random.stream('api keys') });
  const queryIds = provider.random.stream('query ids');
  const context: OvhContext = { provider, credentials };

  const pages = new Router<OvhContext>();
  validationPage(pages);
  const open = new Router<OvhContext>();
  openAuthRoutes(open);
  secretRoutes(open);
  const signed = new Router<SignedCall['context']>();
  for (const routes of [
    authRoutes,
    meRoutes,
    serverRoutes,
    bootRoutes,
    taskRoutes,
    ipmiRoutes,
    specificationRoutes,
  ]) {
    routes(signed);
  }

  async function route(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const page = pages.match(request.method, url.pathname);
    if (page.kind === 'found') {
      return page.route({ request, url, parameters: page.parameters, context });
    }
    if (!PREFIX.test(url.pathname)) {
      throw new OvhError('not found', 'Got an invalid (or empty) URL');
    }
    const path = url.pathname.replace(PREFIX, '');
    const openMatch = open.match(request.method, path);
    if (openMatch.kind === 'found') {
      return openMatch.route({ request, url, parameters: openMatch.parameters, context });
    }
    const caller = await authenticate(request, decoded(path), {
      credentials,
      clock: provider.clock,
      skew: clockSkew,
    });
    const match = signed.match(request.method, path);
    if (match.kind === 'other methods') {
      throw new OvhError('method not allowed', `Only ${match.allowed.join(', ')} is allowed here`);
    }
    if (match.kind === 'unknown') {
      throw new OvhError('not found', 'Got an invalid (or empty) URL');
    }
    return match.route({ request, url, parameters: match.parameters, context: { ...context, caller } });
  }

  const answer = logged(
    'ovh',
    (exchange) => provider.events.emit('exchange', exchange),
    async (request) => {
      const response = await route(request).catch((error: unknown) => errorResponse(error, errorDialect));
      response.headers.set('x-ovh-queryid', `EU.ext-1.${queryIds.text(12, '0123456789abcdef')}`);
      return response;
    },
  );
  return { credentials, handler: (origin) => http.all(handled(origin), ({ request }) => answer(request)) };
}

function handled(origin: string): string {
  return origin === '*' ? '*' : `${origin}/*`;
}

/** Rights are written for the decoded path, signatures cover it as sent. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new OvhError('not found', 'Got an invalid (or empty) URL');
  }
}

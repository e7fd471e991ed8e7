import type { DedicatedProvider } from '../dedicated';
import { HandlerIndex, logged, type UnknownCall } from '../http';
import { answerCall, sufferCallFaults } from './answer-call';
import type { OvhContext } from './call';
import { Credentials } from './credentials';
import type { EmptyAnswer } from './empty-answer';
import { type ErrorDialect, errorResponse, json, OvhError } from './errors';
import { answerTokenRequest, TOKEN_PATH } from './oauth2';
import { describeApi, OPERATIONS, type OperationName, operationParts } from './schema';
import { answerValidationPage } from './validation-page';

export interface OvhApiOptions {
  /** Which of the two shapes of error bodies is answered. */
  readonly errorDialect?: ErrorDialect;
  /** Seconds that a client's clock may be off; 180 is what a third-party mock uses, no official figure is known. */
  readonly clockSkew?: number;
  readonly emptyAnswer?: EmptyAnswer;
}

export interface OvhApi {
  readonly credentials: Credentials;
  /** Every call is one msw handler; the index finds it without trying the others. */
  readonly index: HandlerIndex;
  /** Answers a request of the API's host; one that no handler is for as the API answers unknown paths. */
  respond(request: Request): Promise<Response>;
}

const VERSIONS = ['/1.0', '/v1'];

/** The face that OVHcloud's API clients talk to. */
export function createOvhApi(
  provider: DedicatedProvider,
  options: OvhApiOptions & { readonly onUnknown?: (call: UnknownCall) => void } = {},
): OvhApi {
  const { errorDialect = 'class', clockSkew = 180, emptyAnswer = 'by client' } = options;
  const random = provider.random.stream('api keys');
  const credentials = new Credentials({ clock: provider.clock, random, region: provider.region });
  const queryIds = provider.random.stream('query ids');
  const context: OvhContext = { provider, credentials };
  const authority = { credentials, clock: provider.clock, skew: clockSkew };
  const log = (exchange: Parameters<Parameters<typeof logged>[1]>[0]) =>
    provider.events.emit('exchange', exchange);

  /** The shape is that of ids which clients reported; what its parts mean is not published. */
  const queryId = () => {
    const time = Math.floor(provider.clock.now() / 1000).toString(16);
    const [high = 0, low = 0, ...rest] = queryIds.bytes(18);
    return `${provider.region}.ext-1.${time}.${high * 256 + low}.${Buffer.from(rest).toString('hex')}`;
  };
  const finished = (response: Response): Response => {
    if (response.type !== 'error') {
      response.headers.set('x-ovh-queryid', queryId());
      response.headers.set('access-control-allow-origin', '*');
    }
    return response;
  };
  const index = new HandlerIndex();
  type Answer = Parameters<HandlerIndex['route']>[2];
  const add = (method: Parameters<HandlerIndex['route']>[0], pattern: string, answer: Answer) =>
    index.route(method, pattern, (request, parameters) =>
      logged('ovh', log, async () => {
        try {
          const broken = await sufferCallFaults(provider, request);
          return finished(broken ?? (await answer(request, parameters)));
        } catch (error) {
          return finished(errorResponse(error, errorDialect));
        }
      })(request),
    );
  for (const name of Object.keys(OPERATIONS) as OperationName[]) {
    const { method, path } = operationParts(name);
    for (const version of VERSIONS) {
      const answer: Answer = (request, parameters) =>
        answerCall(name, { request, parameters }, { context, authority, empty: emptyAnswer });
      add(method, version + path, answer);
      if (method === 'GET') {
        add('HEAD', version + path, answer);
      }
    }
  }
  for (const version of VERSIONS) {
    add('GET', version, (request) => description('/', version, request));
    add('GET', `${version}/dedicated/server.json`, (request) =>
      description('/dedicated/server.json', version, request),
    );
    for (const section of ['auth', 'me', 'secret']) {
      add('GET', `${version}/${section}.json`, (request) =>
        description(`/${section}.json`, version, request),
      );
    }
  }
  for (const method of ['GET', 'POST'] as const) {
    add(method, '/auth', (request) => answerValidationPage(request, context));
  }
  add('POST', TOKEN_PATH, (request) => answerTokenRequest(request, credentials));

  const answerUnknown = logged('ovh', log, (request) => {
    const { pathname, origin } = new URL(request.url);
    const allowed = index.methodsAt(pathname);
    if (request.method === 'OPTIONS' && allowed.length > 0) {
      return finished(preflight(allowed));
    }
    if (allowed.length > 0 && !allowed.includes(request.method)) {
      const refusal = new OvhError('method not allowed', `Only ${allowed.join(', ')} is allowed here`);
      const response = errorResponse(refusal, errorDialect);
      response.headers.set('allow', allowed.join(', '));
      return finished(response);
    }
    const { method } = request;
    options.onUnknown?.({ method, url: origin + pathname, nearest: index.nearest(method, pathname) });
    return finished(errorResponse(new OvhError('not found', 'Got an invalid (or empty) URL'), errorDialect));
  });
  return {
    credentials,
    index,
    respond: async (request) => (await index.respond(request)) ?? answerUnknown(request),
  };
}

function description(path: string, version: string, request: Request): Response {
  return json(describeApi(path, new URL(request.url).origin + version));
}

/** What a browser asks before a call from another site, such as the API console. */
function preflight(allowed: readonly string[]): Response {
  return new Response(null, {
    status: 204,
    headers: {
      allow: [...allowed, 'OPTIONS'].join(', '),
      'access-control-allow-methods': allowed.join(', '),
      'access-control-allow-headers':
        'Authorization, Content-Type, X-Ovh-Application, X-Ovh-Consumer, X-Ovh-Signature, X-Ovh-Timestamp',
      'access-control-max-age': '3600',
    },
  });
}

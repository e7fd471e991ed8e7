import { http } from 'msw';
import { type HttpExchange, type ListenOptions, logged, serveHandlers } from '../http';
import { OvhApiError, ovhClient } from '../ovh';
import { type CloudAccess, CloudAccount, CloudApiError } from './cloud-account';
import { apiMessage, DedicatedAccount } from './dedicated-account';
import { askedLanguage, languageOf } from './language';
import { NoSuchPage, type PanelCall, type PanelContext } from './panel-call';
import { page } from './render';
import { routes } from './routes';
import { LANGUAGES } from './texts';

/** What the panel needs of the dedicated servers' provider: a place, and the customer's keys for its public API. */
export interface DedicatedAccess {
  readonly url: string;
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly applicationKey: string;
  readonly applicationSecret: string;
  readonly consumerKey: string;
  /** The mailbox page is linked where the provider keeps the customer's mail itself. */
  readonly inbox?: unknown;
}

export interface PanelOptions {
  readonly ovh?: DedicatedAccess;
  readonly nova?: CloudAccess;
  /** Called after each request, as the provider's other faces do it. */
  readonly log?: (exchange: HttpExchange) => void;
  readonly listen?: ListenOptions;
}

export interface Panel extends AsyncDisposable {
  /** `http://host:port` without a slash at the end. */
  readonly url: string;
}

/**
 * Starts the control panel of the customer's servers on loopback, without a login. It acts through the public
 * APIs only, with the customer's own credentials: whatever it does, a client of the API could do.
 */
export async function startPanel({ ovh, nova, log = () => {}, listen = {} }: PanelOptions): Promise<Panel> {
  const shared = {
    dedicated: ovh && new DedicatedAccount(clientOf(ovh)),
    cloud: nova && new CloudAccount(nova),
    mailboxUrl: ovh?.inbox === undefined ? undefined : `${ovh.url}/inbox`,
    shownOnce: new Map<string, string>(),
  };
  const answerLogged = logged('panel', log, (request) => answer(request, shared));
  const server = await serveHandlers([http.all('*', ({ request }) => answerLogged(request))], listen);
  return {
    url: server.url ?? '',
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function clientOf({ applicationKey, applicationSecret, consumerKey, endpoint }: DedicatedAccess) {
  return ovhClient({ appKey: applicationKey, appSecret: applicationSecret, consumerKey, endpoint });
}

async function answer(request: Request, shared: Omit<PanelContext, 'language' | 't'>): Promise<Response> {
  const url = new URL(request.url);
  const language = languageOf(request);
  const context: PanelContext = { ...shared, language, t: LANGUAGES[language] };
  const match = routes.match(request.method, url.pathname);
  const parameters = match.kind === 'found' ? match.parameters : {};
  const call: PanelCall = { request, url, context, parameters };
  const response = await respond(call, match.kind === 'found' ? match.route : undefined);
  if (askedLanguage(url) !== undefined) {
    response.headers.append('set-cookie', `lang=${language}; Path=/; SameSite=Lax`);
  }
  return response;
}

type Respond = (call: PanelCall) => Response | Promise<Response>;

async function respond(call: PanelCall, route: Respond | undefined): Promise<Response> {
  const origin = call.request.headers.get('origin');
  if (call.request.method === 'POST' && origin !== null && origin !== call.url.origin) {
    return errorPage(call, 403, 'This form was sent from another site.');
  }
  if (route === undefined) {
    return errorPage(call, 404, 'There is no such page.');
  }
  try {
    return await route(call);
  } catch (error) {
    if (error instanceof OvhApiError || error instanceof CloudApiError) {
      return errorPage(call, error.status, apiMessage(error));
    }
    if (error instanceof NoSuchPage) {
      return errorPage(call, 404, error.message);
    }
    throw error;
  }
}

function errorPage(call: PanelCall, status: number, text: string): Response {
  return page(call, 'error', { title: String(status), notice: { tone: 'bad', text } }, status);
}

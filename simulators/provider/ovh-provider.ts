import type { HttpHandler } from 'msw';
import { type Clock, LabClock } from './clock';
import {
  type AccountDescription,
  createAccount,
  DedicatedProvider,
  type DedicatedProviderOptions,
  type ProviderEvents,
  type ServerDescription,
} from './dedicated';
import type { Events } from './events';
import type { Fault } from './faults';
import { createTlsIdentity, serveHandlers, type UnknownCall } from './http';
import { intercept } from './interception';
import { Inbox, inboxPages, receiveMail, type SmtpAddress, smtpMailer } from './mail';
import { type Netboot, type NetbootOptions, startNetboot } from './netboot';
import {
  type AccessRule,
  createOvhApi,
  EVERYTHING,
  type OvhApi,
  type OvhApiOptions,
  REGIONS,
  TOKEN_PATH,
} from './ovh';
import { type Random, systemRandom } from './random';
import { secretPage } from './secrets';

export interface OvhProviderOptions
  extends OvhApiOptions,
    Partial<
      Pick<
        DedicatedProviderOptions,
        | 'clock'
        | 'random'
        | 'secrets'
        | 'pace'
        | 'windowsRescue'
        | 'bootDeadline'
        | 'consoleUrl'
        | 'region'
        | 'taskRetention'
        | 'monitoringPatience'
        | 'staleReads'
        | 'secondTask'
        | 'windowsLogins'
      >
    > {
  readonly account?: AccountDescription;
  readonly servers: readonly ServerDescription[];
  /** Other customers with their servers, which the first account must not see. */
  readonly otherAccounts?: readonly {
    readonly account: AccountDescription;
    readonly servers: readonly ServerDescription[];
  }[];
  /** What goes wrong from the start. */
  readonly faults?: readonly Fault[];
  /** The mail server to send to; left out, the provider brings one with an inbox of its own. */
  readonly smtp?: SmtpAddress;
  /** Where API, secrets page and inbox listen (default 127.0.0.1, port chosen by the system). */
  readonly host?: string;
  readonly port?: number;
  /** Whether the same port answers https too, for clients that speak nothing else (default: no). */
  readonly tls?: boolean;
}

/** A running provider of dedicated servers with all its faces. */
export interface OvhProvider extends AsyncDisposable {
  /** `http://127.0.0.1:port`; the API is under `/1.0` and `/v1` of it, `/secret` and `/inbox` are web pages. */
  readonly url: string;
  readonly endpoint: { readonly host: string; readonly port: number };
  /** PEM: what clients have to trust that speak https; undefined without `tls`. */
  readonly certificate: string | undefined;
  /** An application with a validated consumer key for every call of the first account. */
  readonly applicationKey: string;
  readonly applicationSecret: string;
  readonly consumerKey: string;
  /** A service account of the first customer that may do everything, and where it gets its token (OAuth2). */
  readonly oauth2: { readonly clientId: string; readonly clientSecret: string; readonly tokenUrl: string };
  /** msw handlers of everything under `url`, one for each call. */
  readonly handlers: readonly HttpHandler[];
  /** Answers what the listener, and a client of the public address, would be answered. */
  respond(request: Request): Promise<Response>;
  /** Answers a path of the lab's own too. */
  addRoute(route: {
    readonly method: 'GET' | 'POST' | 'DELETE';
    readonly pattern: string;
    readonly answer: (request: Request) => Response | Promise<Response>;
  }): void;
  /** A new validated consumer key for every call, or for the calls that `rules` allow, of one of the customers. */
  consumerKeyOf(nichandle: string, rules?: readonly AccessRule[]): string;
  /** The same answers without msw, for the benchmark. */
  respondWithoutMsw(request: Request): Promise<Response | undefined>;
  /** Applications, consumer keys and service accounts. */
  readonly credentials: OvhApi['credentials'];
  /** Requests that no handler was for, since the last look. Taking them says that they were expected. */
  takeUnknownCalls(): readonly UnknownCall[];
  readonly core: DedicatedProvider;
  readonly events: Events<ProviderEvents>;
  readonly clock: Clock;
  /** The customer's mailbox; undefined when mail goes to a server of yours. */
  readonly inbox: Inbox | undefined;
  /** Where its mail goes: `host:port`. */
  readonly smtp: string;
  /** Starts what one server asks at power-on; ended with the provider at the latest. */
  startNetboot(server: string, options?: NetbootOptions): Promise<Netboot>;
  /** From now on calls of this process to the public address of the region's API are answered here, until disposed of. */
  intercept(): Disposable;
}

/** Starts the provider on loopback: API, secrets page, mail. */
export async function startOvhProvider(options: OvhProviderOptions): Promise<OvhProvider> {
  await using stack = new AsyncDisposableStack();
  const clock = options.clock ?? stack.use(new LabClock());
  const random: Random = options.random ?? systemRandom();
  const inbox = options.smtp === undefined ? new Inbox(clock) : undefined;
  const smtp = options.smtp ?? stack.use(await receiveMail(inbox as Inbox));

  // The listener's port is part of the links, and the handlers belong to what makes the links.
  let url = '';
  const core = stack.use(
    new DedicatedProvider({
      ...options,
      clock,
      random,
      accounts: [
        { account: options.account ?? {}, servers: options.servers },
        ...(options.otherAccounts ?? []),
      ].map(({ account, servers }) => ({ account: createAccount(account), servers })),
      sendLetter: smtpMailer(smtp),
      secretLink: (id) => `${url}/secret?id=${id}`,
    }),
  );
  for (const fault of options.faults ?? []) {
    core.faults.add(fault);
  }
  const unknown: UnknownCall[] = [];
  const api = createOvhApi(core, { ...options, onUnknown: (call) => unknown.push(call) });
  const log = (exchange: ProviderEvents['exchange']) => core.events.emit('exchange', exchange);
  api.index.add('GET', '/secret', secretPage(core.secrets, log));
  if (inbox !== undefined) {
    for (const path of ['/inbox', '/inbox.json', '/inbox/{number}', '/inbox/{number}/json']) {
      api.index.add('GET', path, inboxPages(inbox, log));
    }
  }
  const host = options.host ?? '127.0.0.1';
  const { apiHosts, tokenHost } = REGIONS[core.region];
  const tls = options.tls === true ? await createTlsIdentity(host, [...apiHosts, tokenHost]) : undefined;
  const listen = { host, port: options.port ?? 0, ...(tls && { tls }) };
  const listener = stack.use(await serveHandlers(api.respond, listen));
  url = listener.url as string;

  const application = api.credentials.createApplication();
  const credential = api.credentials.request(application, EVERYTHING);
  const { nichandle } = core.accounts[0] as { nichandle: string };
  api.credentials.validate(credential, nichandle);
  const serviceAccount = api.credentials.createServiceAccount(nichandle);

  const owned = stack.move();
  return {
    url,
    endpoint: { host, port: listener.port as number },
    certificate: tls?.certificate,
    applicationKey: application.key,
    applicationSecret: application.secret,
    consumerKey: credential.consumerKey,
    oauth2: {
      clientId: serviceAccount.clientId,
      clientSecret: serviceAccount.clientSecret.reveal(),
      tokenUrl: `${url}${TOKEN_PATH}`,
    },
    get handlers() {
      return api.index.handlers;
    },
    respond: api.respond,
    respondWithoutMsw: (request) => api.index.respondWithoutMsw(request),
    credentials: api.credentials,
    addRoute: ({ method, pattern, answer }) => void api.index.route(method, pattern, answer),
    consumerKeyOf: (customer, rules = EVERYTHING) => {
      const other = api.credentials.request(application, rules);
      api.credentials.validate(other, customer);
      return other.consumerKey;
    },
    takeUnknownCalls: () => unknown.splice(0),
    core,
    events: core.events,
    clock,
    inbox,
    smtp: `${smtp.host}:${smtp.port}`,
    startNetboot: async (server, netboot) => owned.use(await startNetboot(core, server, netboot)),
    intercept: () => intercept({ hosts: [...apiHosts, tokenHost], respond: api.respond }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

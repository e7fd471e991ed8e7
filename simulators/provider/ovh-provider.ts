import type { HttpHandler } from 'msw';
import { setupServer } from 'msw/node';
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
import { serveHandlers } from './http';
import { Inbox, inboxPages, receiveMail, type SmtpAddress, smtpMailer } from './mail';
import { type Netboot, type NetbootOptions, startNetboot } from './netboot';
import { createOvhApi, EVERYTHING, type OvhApiOptions } from './ovh';
import { type Random, systemRandom } from './random';
import { secretPage } from './secrets';

/** The address that an unmodified client of the European region calls. */
const PUBLIC_ORIGIN = 'https://eu.api.ovh.com';

export interface OvhProviderOptions
  extends OvhApiOptions,
    Partial<
      Pick<
        DedicatedProviderOptions,
        'clock' | 'random' | 'secrets' | 'pace' | 'windowsRescue' | 'bootDeadline' | 'consoleUrl'
      >
    > {
  readonly account?: AccountDescription;
  readonly servers: readonly ServerDescription[];
  /** Other customers with their servers, which the first account must not see. */
  readonly otherAccounts?: readonly {
    readonly account: AccountDescription;
    readonly servers: readonly ServerDescription[];
  }[];
  /** The mail server to send to; left out, the provider brings one with an inbox of its own. */
  readonly smtp?: SmtpAddress;
  /** Where API, secrets page and inbox listen (default 127.0.0.1, port chosen by the system). */
  readonly host?: string;
  readonly port?: number;
}

/** A running provider of dedicated servers with all its faces. */
export interface OvhProvider extends AsyncDisposable {
  /** `http://127.0.0.1:port`; the API is under `/1.0` and `/v1` of it, `/secret` and `/inbox` are web pages. */
  readonly url: string;
  readonly endpoint: { readonly host: string; readonly port: number };
  /** An application with a validated consumer key for every call of the first account. */
  readonly applicationKey: string;
  readonly applicationSecret: string;
  readonly consumerKey: string;
  /** msw handlers of everything under `url`. */
  readonly handlers: readonly HttpHandler[];
  readonly core: DedicatedProvider;
  readonly events: Events<ProviderEvents>;
  readonly clock: Clock;
  /** The customer's mailbox; undefined when mail goes to a server of yours. */
  readonly inbox: Inbox | undefined;
  /** Where its mail goes: `host:port`. */
  readonly smtp: string;
  /** Starts what one server asks at power-on; ended with the provider at the latest. */
  startNetboot(server: string, options?: NetbootOptions): Promise<Netboot>;
  /** From now on calls of this process to https://eu.api.ovh.com are answered here, until disposed of. */
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
  const api = createOvhApi(core, options);
  const log = (exchange: ProviderEvents['exchange']) => core.events.emit('exchange', exchange);
  const handlers = [
    secretPage(core.secrets, log),
    ...(inbox === undefined ? [] : [inboxPages(inbox, log)]),
    api.handler('*'),
  ];
  const host = options.host ?? '127.0.0.1';
  const listener = stack.use(await serveHandlers(handlers, { host, port: options.port ?? 0 }));
  url = listener.url as string;

  const application = api.credentials.createApplication();
  const credential = api.credentials.request(application, EVERYTHING);
  api.credentials.validate(credential, (core.accounts[0] as { nichandle: string }).nichandle);

  const owned = stack.move();
  return {
    url,
    endpoint: { host, port: listener.port as number },
    applicationKey: application.key,
    applicationSecret: application.secret,
    consumerKey: credential.consumerKey,
    handlers,
    core,
    events: core.events,
    clock,
    inbox,
    smtp: `${smtp.host}:${smtp.port}`,
    startNetboot: async (server, netboot) => owned.use(await startNetboot(core, server, netboot)),
    intercept: () => {
      const server = setupServer(api.handler(PUBLIC_ORIGIN));
      server.listen({ onUnhandledFrame: 'bypass' });
      return { [Symbol.dispose]: () => server.close() };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

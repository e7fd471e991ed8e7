import {
  LabClock,
  type OvhProvider,
  type OvhProviderOptions,
  type Random,
  seededRandom,
  startOvhProvider,
  systemRandom,
  type UnknownCall,
} from '../provider';
import {
  type ExistingServer,
  type NovaProvider,
  type NovaProviderOptions,
  startNovaProvider,
} from '../provider/nova';
import { startPanel } from '../provider/panel';
import { addControl } from './control';
import { DEFAULT_CLOUD_SERVERS, DEFAULT_SERVERS, NO_BOOT_FILES, OTHER_ACCOUNT } from './default-servers';

export interface ProviderLabOptions extends Partial<Omit<OvhProviderOptions, 'clock' | 'random'>> {
  /** Which to start; default all. `rackspace` is a second cloud that speaks Rackspace's dialect. */
  readonly families?: readonly ('ovh' | 'nova' | 'rackspace')[];
  readonly clock?: LabClock;
  /** The same seed: the same keys, ids and passwords, and faults at the same moments. */
  readonly seed?: string;
  /** How the cloud is set up. */
  readonly nova?: Partial<Omit<NovaProviderOptions, 'clock' | 'random'>>;
  /** The servers that are in the cloud from the start; default one. */
  readonly cloudServers?: readonly ExistingServer[];
  /** Whether to start the control panel; default true. */
  readonly panel?: boolean;
}

/** Seconds after which Rackspace ends a rescue by itself. */
const RESCUE_TIMEOUT = 24 * 3600;
const RACKSPACE = { dialect: 'rackspace', rescueTimeout: RESCUE_TIMEOUT } as const;

/** The providers of a lab with all their faces, one clock, and no machine: what a reboot does is decided at once. */
export class ProviderLab implements AsyncDisposable {
  private constructor(
    readonly clock: LabClock,
    readonly ovh: OvhProvider | undefined,
    readonly nova: NovaProvider | undefined,
    readonly rackspace: NovaProvider | undefined,
    readonly panelUrl: string | undefined,
    private readonly owned: AsyncDisposableStack,
  ) {}

  static async start({
    families = ['ovh', 'nova', 'rackspace'],
    seed,
    panel = true,
    nova: cloud = {},
    cloudServers = DEFAULT_CLOUD_SERVERS,
    ...options
  }: ProviderLabOptions = {}): Promise<ProviderLab> {
    await using stack = new AsyncDisposableStack();
    const clock = options.clock ?? stack.use(new LabClock());
    const random = seed === undefined ? systemRandom() : seededRandom(seed);
    const shared = { ...(options.faults && { faults: options.faults }), ...cloud, clock };
    const ovh = families.includes('ovh')
      ? stack.use(await startOvh({ ...options, clock, random }))
      : undefined;
    const nova = families.includes('nova')
      ? stack.use(await startNova({ ...shared, random: random.stream('nova') }, cloudServers))
      : undefined;
    const rackspace = families.includes('rackspace')
      ? stack.use(
          await startNova({ ...RACKSPACE, ...shared, random: random.stream('rackspace') }, cloudServers),
        )
      : undefined;
    const place = ovh ?? nova ?? rackspace;
    if (place !== undefined) {
      const clouds = [nova, rackspace].flatMap((cloud) => cloud ?? []);
      addControl(place, clock, [...(ovh ? [ovh.core.faults] : []), ...clouds.map((cloud) => cloud.faults)]);
    }
    const started = panel
      ? stack.use(await startPanel({ ...(ovh && { ovh }), ...(nova && { nova }) }))
      : undefined;
    return new ProviderLab(clock, ovh, nova, rackspace, started?.url, stack.move());
  }

  /** From now on calls of this process to the providers' public hosts are answered here, until disposed of. */
  intercept(): Disposable {
    const stack = new DisposableStack();
    for (const provider of [this.ovh, this.rackspace]) {
      if (provider !== undefined) {
        stack.use(provider.intercept());
      }
    }
    return stack;
  }

  /** Requests that nothing here answers, since the last look. Taking them says that they were expected. */
  takeUnknownCalls(): readonly UnknownCall[] {
    return [...(this.ovh?.takeUnknownCalls() ?? []), ...(this.rackspace?.takeUnknownCalls() ?? [])];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.owned.disposeAsync();
  }
}

type OvhOptions = Partial<OvhProviderOptions> & { readonly clock: LabClock; readonly random: Random };

async function startOvh({
  servers = DEFAULT_SERVERS,
  otherAccounts = [OTHER_ACCOUNT],
  ...options
}: OvhOptions): Promise<OvhProvider> {
  const ovh = await startOvhProvider({ ...options, servers, otherAccounts });
  try {
    for (const { name } of ovh.core.servers()) {
      await ovh.startNetboot(name, { files: NO_BOOT_FILES });
    }
    return ovh;
  } catch (error) {
    await ovh[Symbol.asyncDispose]();
    throw error;
  }
}

async function startNova(
  options: NovaProviderOptions,
  servers: readonly ExistingServer[],
): Promise<NovaProvider> {
  let place = '';
  const nova = await startNovaProvider({ consoleProxyUrl: () => place, ...options });
  place = nova.url;
  // The address of a console is good as with a machine; there is no picture to show.
  nova.addRoute({
    method: 'GET',
    pattern: '/vnc_auto.html',
    answer: (request) => consolePage(nova, request),
  });
  for (const server of servers) {
    await nova.adopt(server);
  }
  return nova;
}

/** What is behind the address of a console: `/vnc_auto.html?path=?token=<token>`. */
function consolePage({ consoleOf }: NovaProvider, request: Request): Response {
  const path = new URL(request.url).searchParams.get('path') ?? '';
  const server = consoleOf(new URLSearchParams(path).get('token') ?? '');
  return server === undefined
    ? new Response('The token of this console is unknown or has expired.\n', { status: 403 })
    : new Response(`The console of ${server.name}: this lab runs without machines.\n`);
}

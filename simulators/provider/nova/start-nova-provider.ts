import { getResponse } from 'msw';
import type { Clock } from '../clock';
import {
  type HandlerServer,
  type HttpExchange,
  type ListenOptions,
  serveHandlers,
  type UnknownCall,
} from '../http';
import type { Hypervisor } from '../hypervisor';
import { intercept } from '../interception';
import type { Random } from '../random';
import type { Compute, HypervisorFactory } from './compute/compute';
import { ConsoleTokens } from './compute/console-tokens';
import { generatePassword } from './compute/generate-password';
import type { Instance } from './compute/instance';
import { Instances } from './compute/instances';
import { adoptInstance, type ServerSeed } from './compute/lifecycle';
import { pollRescued } from './compute/poll-rescued';
import { DEFAULT_FLAVORS, defaultImages } from './defaults';
import type { NovaFlavor } from './flavor';
import { type Account, makeAccount } from './identity/account';
import { Tokens } from './identity/tokens';
import { ImageStore, type NovaImage } from './image/image';
import { novaHandlers } from './nova-handlers';
import { NullHypervisor } from './null-hypervisor';
import { RackspaceFront } from './rackspace-front';
import { RACKSPACE_REGIONS } from './services';

const HOUR = 3_600_000;

export interface NovaProviderOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Makes the hypervisor of each new server. Default: one without a machine. */
  readonly hypervisorFor?: HypervisorFactory;
  readonly images?: readonly NovaImage[];
  readonly flavors?: readonly NovaFlavor[];
  readonly account?: Account;
  /** `rackspace`: identity v2.0 with API keys, `/v2/<tenant>` addresses, lenient bodies. Default: `openstack`. */
  readonly dialect?: 'openstack' | 'rackspace';
  /** Seconds after which a rescue ends by itself; 0, Nova's default, is never. Rackspace's is 24 hours. */
  readonly rescueTimeout?: number;
  /** `[api] enable_instance_password`; default true. */
  readonly showPasswords?: boolean;
  /** Where the console proxy is (`http://host:port`); asked anew for each console. Without it there are no consoles. */
  readonly consoleProxyUrl?: () => string | undefined;
  /** Called after each request, as the provider's other faces do it. */
  readonly log?: (exchange: HttpExchange) => void;
  readonly listen?: ListenOptions;
}

/** A server that exists before anyone asks for one, with its own hypervisor. */
export type ExistingServer = { readonly name: string; readonly hypervisor?: Hypervisor } & Partial<
  Omit<ServerSeed, 'name' | 'projectId' | 'userId'>
>;

export interface NovaProvider extends AsyncDisposable {
  readonly dialect: 'openstack' | 'rackspace';
  /** What clients sign in at: `http://host:port/identity/v3`, for Rackspace `.../identity/v2.0`. */
  readonly authUrl: string;
  readonly username: string;
  readonly password: string;
  readonly apiKey: string;
  /** The project's name; its domain, and the user's, is `Default`. */
  readonly project: string;
  readonly projectId: string;
  readonly region: string;
  /** Id of the stock image. */
  readonly image: string;
  /** Id of the first flavor. */
  readonly flavor: string;
  readonly instances: Instances;
  readonly images: ImageStore;
  /**
   * From now on this process's requests to Rackspace's public hosts are answered here, until disposed of. An OpenStack
   * cloud has no public name: nothing is intercepted for it.
   */
  intercept(): Disposable;
  /** Intercepted requests that no service was for, since the last look. Taking them says that they were expected. */
  takeUnknownCalls(): readonly UnknownCall[];
  /** `host:port` of the console behind a console address's token, while it is good. */
  resolveConsole(token: string): string | undefined;
  /** Adds a server that is there already: running, or stopped when its hypervisor's power is off. */
  adopt(server: ExistingServer): Promise<Instance>;
}

/** Starts the simulated OpenStack cloud on loopback. Disposing closes it and forgets its timers; the hypervisors stay their owner's. */
export async function startNovaProvider(options: NovaProviderOptions): Promise<NovaProvider> {
  const { clock, random, dialect = 'openstack', flavors = DEFAULT_FLAVORS } = options;
  const rackspace = dialect === 'rackspace';
  const images = new ImageStore();
  const offered = options.images ?? defaultImages(random, clock.now());
  for (const image of offered) {
    images.add(image);
  }
  const [image, flavor] = [offered[0], flavors[0]];
  if (image === undefined || flavor === undefined) {
    throw new Error('The cloud needs at least one image and one flavor; give it some, or leave both out.');
  }
  const instances = new Instances(clock);
  const hypervisorFor = options.hypervisorFor ?? (() => new NullHypervisor());
  const compute: Compute = { clock, random, instances, images, flavors, hypervisorFor };
  const consoles = new ConsoleTokens(clock, random);
  const account = options.account ?? makeAccount(random);
  const region = rackspace ? RACKSPACE_REGIONS[0] : 'RegionOne';
  const tokens = new Tokens(clock, random, rackspace ? 24 * HOUR : HOUR);
  const handlers = novaHandlers(
    { account, tokens, region },
    {
      compute,
      consoles,
      consoleProxyUrl: options.consoleProxyUrl ?? (() => undefined),
      showPasswords: options.showPasswords ?? true,
      rackspace,
    },
    options.log ?? (() => {}),
  );
  const server: HandlerServer = await serveHandlers(handlers, options.listen ?? {});
  const front = new RackspaceFront((request) => getResponse(handlers, request));
  const polling = pollRescued(compute, options.rescueTimeout ?? 0);
  return {
    dialect,
    authUrl: `${server.url}/identity/${rackspace ? 'v2.0' : 'v3'}`,
    username: account.username,
    password: account.password,
    apiKey: account.apiKey,
    project: account.project,
    projectId: account.projectId,
    region,
    image: image.id,
    flavor: flavor.id,
    instances,
    images,
    intercept: () =>
      intercept({ hosts: rackspace ? front.hosts : [], respond: (request) => front.respond(request) }),
    takeUnknownCalls: () => front.takeUnknownCalls(),
    resolveConsole: (token) => consoles.resolve(token),
    async adopt({ hypervisor, ...seed }) {
      const own = hypervisor ?? (await runningNull());
      return adoptInstance(
        { ...compute, hypervisorFor: () => own },
        {
          imageId: image.id,
          flavorId: flavor.id,
          adminPass: generatePassword(random),
          ...seed,
          projectId: account.projectId,
          userId: account.userId,
        },
      );
    },
    async [Symbol.asyncDispose]() {
      polling[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function runningNull(): Promise<NullHypervisor> {
  const hypervisor = new NullHypervisor();
  await hypervisor.start();
  return hypervisor;
}

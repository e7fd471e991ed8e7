import type { Clock } from '../clock';
import { type Fault, Faults } from '../faults';
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
import { CloudFace } from './cloud-face';
import { addServices } from './cloud-services';
import type { Compute, HypervisorFactory, InstanceBlueprint } from './compute/compute';
import { ConsoleTokens } from './compute/console-tokens';
import { generatePassword } from './compute/generate-password';
import { hasGuestAgent } from './compute/guest-agent';
import type { Instance } from './compute/instance';
import { Instances } from './compute/instances';
import { KeyPairs } from './compute/key-pairs';
import { adoptInstance } from './compute/lifecycle';
import type { ServerSeed } from './compute/make-instance';
import { pollRescued } from './compute/poll-rescued';
import type { VirtDriver } from './compute/rescue-disks';
import { ServerGroups } from './compute/server-groups';
import { noticeSwitchedOff } from './compute/sync-power';
import { DEFAULT_FLAVORS, defaultImages } from './defaults';
import type { NovaFlavor } from './flavor';
import { type Directory, openStackDirectory, rackspaceDirectory } from './identity/directory';
import { Tokens } from './identity/tokens';
import { ImageStore, type NovaImage } from './image/image';
import { type CloudMetadata, startMetadataApi } from './metadata/start-metadata-api';
import { type NetworkPlan, NetworkStore } from './network/network-store';
import { NullHypervisor } from './null-hypervisor';
import { RackspaceFront } from './rackspace-front';
import { RACKSPACE_REGIONS } from './services';
import { VolumeStore } from './volume/volume-store';

const HOUR = 3_600_000;
/** Seconds after which Rackspace ends a rescue. */
const RACKSPACE_RESCUE = 24 * 3600;

export interface NovaProviderOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Makes the hypervisor of each new server. Default: one without a machine. */
  readonly hypervisorFor?: HypervisorFactory;
  /** Lab time that the machines of a cloud without machines take for each thing asked of them (ms); default none. */
  readonly pace?: number;
  readonly images?: readonly NovaImage[];
  readonly flavors?: readonly NovaFlavor[];
  /** The networks that there are for everybody; a server that asks for none is in `public`. */
  readonly networks?: NetworkPlan;
  /** The names of the compute hosts; default: one. */
  readonly hosts?: readonly string[];
  /** How many more servers they have room for, beside those that are on them already; default: as many as are asked for. */
  readonly roomFor?: Compute['roomFor'];
  /** Who there is; by default one customer with colleagues, and another customer. */
  readonly directory?: Directory;
  /** `rackspace`: identity v2.0 with API keys, `/v2/<tenant>` addresses, lenient bodies. Default: `openstack`. */
  readonly dialect?: 'openstack' | 'rackspace';
  /** Whose rules the disks of a rescue follow; default: XenAPI's in Rackspace's dialect, otherwise libvirt's. */
  readonly virtDriver?: VirtDriver;
  /** Whether the hosts can rescue servers that boot from a volume (COMPUTE_RESCUE_BFV); default true. */
  readonly rescuesVolumes?: boolean;
  /** Seconds after which a rescue ends by itself; 0, Nova's default, is never. In Rackspace's dialect 24 hours. */
  readonly rescueTimeout?: number;
  /** `[api] enable_instance_password`; default true. */
  readonly showPasswords?: boolean;
  /** Where the console proxy is (`http://host:port`); asked anew for each console. Without it there are no consoles. */
  readonly consoleProxyUrl?: () => string | undefined;
  /** What goes wrong from the start. */
  readonly faults?: readonly Fault[];
  /** Called after each request, as the provider's other faces do it. */
  readonly log?: (exchange: HttpExchange) => void;
  readonly listen?: ListenOptions;
}

/** A server that exists before anyone asks for one, with its own hypervisor. */
export type ExistingServer = {
  readonly name: string;
  readonly hypervisor?: Hypervisor;
  /** The name of the user in whose project it is; the first user when left out. */
  readonly owner?: string;
} & Partial<Omit<ServerSeed, 'name' | 'projectId' | 'userId'>>;

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
  /** Everybody who can sign in. */
  readonly directory: Directory;
  readonly region: string;
  /** Id of the stock image. */
  readonly image: string;
  /** Id of the first flavor. */
  readonly flavor: string;
  readonly instances: Instances;
  readonly images: ImageStore;
  readonly networks: NetworkStore;
  readonly volumes: VolumeStore;
  readonly faults: Faults;
  /** The metadata that guests get, over HTTP and on config drives. */
  readonly metadata: CloudMetadata;
  /** Where it listens: `http://host:port`. */
  readonly url: string;
  /** Adds an address that no cloud has. */
  readonly addRoute: CloudFace['addRoute'];
  /** Answers what the listener answers. */
  respond(request: Request): Promise<Response>;
  /**
   * From now on this process's requests to Rackspace's public hosts are answered here, until disposed of. An OpenStack
   * cloud has no public name: nothing is intercepted for it.
   */
  intercept(): Disposable;
  /** Intercepted requests that no service was for, since the last look. Taking them says that they were expected. */
  takeUnknownCalls(): readonly UnknownCall[];
  /** `host:port` of the console behind a console address's token, while it is good. */
  resolveConsole(token: string): string | undefined;
  /** The server whose console that is, also where no machine runs. */
  consoleOf(token: string): Instance | undefined;
  /** Tells the cloud that the guest of a server has switched its machine off. */
  switchedOff(serverId: string): void;
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
  const nullMachine = ({ instance: { imageProperties } }: InstanceBlueprint) =>
    new NullHypervisor({
      clock,
      pace: options.pace ?? 0,
      agent: rackspace || hasGuestAgent(imageProperties),
    });
  const hypervisorFor = options.hypervisorFor ?? nullMachine;
  const consoles = new ConsoleTokens(clock, random);
  const makeDirectory = rackspace ? rackspaceDirectory : openStackDirectory;
  const directory = options.directory ?? makeDirectory(random.stream('directory'));
  const { firstUser: user, firstProject: project } = directory;
  const networks = new NetworkStore(random.stream('networks'), options.networks);
  const volumes = new VolumeStore();
  const faults = new Faults({ clock, random: random.stream('faults') });
  for (const fault of options.faults ?? []) {
    faults.add(fault);
  }
  const compute: Compute = {
    clock,
    random,
    faults,
    instances,
    images,
    volumes,
    networks,
    keyPairs: new KeyPairs(),
    serverGroups: new ServerGroups(),
    flavors,
    hypervisorFor,
    hosts: options.hosts ?? ['compute-1'],
    roomFor: options.roomFor ?? (() => Number.POSITIVE_INFINITY),
    virtDriver: options.virtDriver ?? (rackspace ? 'xen' : 'libvirt'),
    rescuesVolumes: options.rescuesVolumes ?? true,
  };
  const region = rackspace ? RACKSPACE_REGIONS[0] : 'RegionOne';
  const tokens = new Tokens(clock, random, rackspace ? 24 * HOUR : HOUR);
  const closing = new AbortController();
  const log = options.log ?? (() => {});
  const face = new CloudFace({ clock, faults, closing: closing.signal, log });
  addServices(
    face,
    { clock, directory, tokens, region, rackspace },
    {
      compute,
      consoles,
      consoleProxyUrl: options.consoleProxyUrl ?? (() => undefined),
      showPasswords: options.showPasswords ?? true,
      rackspace,
    },
    { networks, volumes },
  );
  const respond = (request: Request) => face.respond(request);
  const server: HandlerServer = await serveHandlers(respond, options.listen ?? {});
  const front = new RackspaceFront(face, server.url ?? '');
  const metadata = await startMetadataApi(compute, log);
  const polling = pollRescued(compute, options.rescueTimeout ?? (rackspace ? RACKSPACE_RESCUE : 0));
  return {
    dialect,
    authUrl: `${server.url}/identity/${rackspace ? 'v2.0' : 'v3'}`,
    username: user.name,
    password: user.password,
    apiKey: user.apiKey,
    project: project.name,
    projectId: project.id,
    directory,
    region,
    image: image.id,
    flavor: flavor.id,
    instances,
    images,
    networks,
    volumes,
    faults,
    metadata,
    url: server.url ?? '',
    addRoute: (route) => face.addRoute(route),
    respond,
    intercept: () =>
      intercept({ hosts: rackspace ? front.hosts : [], respond: (request) => front.respond(request) }),
    takeUnknownCalls: () => front.takeUnknownCalls(),
    resolveConsole: (token) => consoles.resolve(token),
    consoleOf: (token) => consoles.instanceOf(token),
    switchedOff: (serverId) => noticeSwitchedOff(instances, instances.get(serverId)),
    async adopt({ hypervisor, owner = user.name, ...seed }) {
      const holder = directory.userNamed(owner);
      const [home] = holder === undefined ? [] : directory.projectsOf(holder);
      if (holder === undefined || home === undefined) {
        throw new Error(`The cloud has no user ${owner} with a project, who could own a server.`);
      }
      return adoptInstance(
        { ...compute, hypervisorFor: (blueprint) => hypervisor ?? nullMachine(blueprint).switchedOn() },
        {
          imageId: image.id,
          flavorId: flavor.id,
          adminPass: generatePassword(random),
          ...seed,
          projectId: home.id,
          userId: holder.id,
        },
      );
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      polling[Symbol.dispose]();
      await metadata[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

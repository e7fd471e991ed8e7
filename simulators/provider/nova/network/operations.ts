import type { Operation, ServiceCall } from '../add-service';
import type { Instances } from '../compute/instances';
import { fitsQuery, pageOf } from '../listing';
import { NeutronRefusal } from './errors';
import { EXTENSIONS } from './extensions';
import type { NetworkStore } from './network-store';
import { networkView, portView, securityGroupRules, securityGroupView, subnetView } from './views';

export interface NetworkStores {
  readonly networks: NetworkStore;
  readonly instances: Instances;
}

type Call = ServiceCall<NetworkStores>;
type View = { readonly id: string };

/** One kind of thing that can be listed and shown. */
interface Collection {
  /** As in the path, with dashes; in bodies with underscores. */
  readonly path: string;
  readonly plural: string;
  readonly singular: string;
  /** What an unknown one is called: `NetworkNotFound`, `Network <id> could not be found.` */
  readonly type: string;
  readonly unknown: (id: string) => string;
  /** All that the caller's project sees. */
  readonly all: (call: Call) => readonly View[];
}

const collections: readonly Collection[] = [
  {
    path: 'networks',
    plural: 'networks',
    singular: 'network',
    type: 'NetworkNotFound',
    unknown: (id) => `Network ${id} could not be found.`,
    all: (call) => visibleNetworks(call).map(networkView),
  },
  {
    path: 'subnets',
    plural: 'subnets',
    singular: 'subnet',
    type: 'SubnetNotFound',
    unknown: (id) => `Subnet ${id} could not be found.`,
    all: (call) =>
      visibleNetworks(call).flatMap((network) =>
        network.subnets.map((subnet) => subnetView(network, subnet)),
      ),
  },
  {
    path: 'ports',
    plural: 'ports',
    singular: 'port',
    type: 'PortNotFound',
    unknown: (id) => `Port ${id} could not be found.`,
    all: ports,
  },
  {
    path: 'security-groups',
    plural: 'security_groups',
    singular: 'security_group',
    type: 'SecurityGroupNotFound',
    unknown: (id) => `Security group ${id} does not exist`,
    all: ({ caller }) => [securityGroupView(caller.projectId)],
  },
  {
    path: 'security-group-rules',
    plural: 'security_group_rules',
    singular: 'security_group_rule',
    type: 'SecurityGroupRuleNotFound',
    unknown: (id) => `Security group rule ${id} does not exist`,
    all: ({ caller }) => securityGroupRules(caller.projectId),
  },
  {
    path: 'floatingips',
    plural: 'floatingips',
    singular: 'floatingip',
    type: 'FloatingIPNotFound',
    unknown: (id) => `Floating IP ${id} could not be found`,
    all: () => [],
  },
  {
    path: 'routers',
    plural: 'routers',
    singular: 'router',
    type: 'RouterNotFound',
    unknown: (id) => `Router ${id} could not be found`,
    all: () => [],
  },
];

/** The networking API v2.0, as far as it is read around a server. */
export const networkOperations: readonly Operation<NetworkStores>[] = [
  ...collections.flatMap((collection): Operation<NetworkStores>[] => {
    const policy = `get_${collection.singular}`;
    const path = `/v2.0/${collection.path}`;
    return [
      { method: 'GET', path, right: 'read', policy, answer: (call) => list(call, collection) },
      {
        method: 'GET',
        path: `${path}/{id}`,
        right: 'read',
        policy,
        answer: (call) => show(call, collection),
      },
    ];
  }),
  {
    method: 'GET',
    path: '/v2.0/extensions',
    right: 'read',
    policy: 'get_extension',
    answer: () => Response.json({ extensions: EXTENSIONS }),
  },
  {
    method: 'GET',
    path: '/v2.0/extensions/{id}',
    right: 'read',
    policy: 'get_extension',
    answer: ({ parameters: { id = '' } }) => {
      const extension = EXTENSIONS.find(({ alias }) => alias === id);
      if (extension === undefined) {
        throw new NeutronRefusal(404, 'HTTPNotFound', `Extension with alias ${id} does not exist`);
      }
      return Response.json({ extension });
    },
  },
  { method: 'GET', path: '/v2.0/quotas/{id}', right: 'read', policy: 'get_quota', answer: showQuota },
];

/** Neutron's defaults; -1 is without a limit. */
const QUOTA = {
  network: 100,
  subnet: 100,
  subnetpool: -1,
  port: 500,
  router: 10,
  floatingip: 50,
  security_group: 10,
  security_group_rule: 100,
  rbac_policy: 10,
};

/** Another project's is the operator's business; nobody is held to it here. */
function showQuota({ caller, parameters: { id } }: Call): Response {
  if (id !== caller.projectId && !caller.isAdmin) {
    throw new NeutronRefusal(403, 'NotAuthorized', 'Not authorized.');
  }
  return Response.json({ quota: QUOTA });
}

const LONGEST_LIST = 1000;
const CONTROLS = new Set(['limit', 'marker', 'page_reverse', 'sort_key', 'sort_dir', 'fields', 'fixed_ips']);

function list(call: Call, { path, plural, all }: Collection): Response {
  const { url } = call;
  const query = url.searchParams;
  const matching = all(call).filter(
    (view) => fitsQuery(view as never, query, CONTROLS) && hasAddresses(view, query.getAll('fixed_ips')),
  );
  const { members, next } = pageOf(matching, query, {
    longest: LONGEST_LIST,
    unknownMarker: (marker) => `Marker ${marker} could not be found.`,
  });
  const following = new URLSearchParams(query);
  following.set('marker', next ?? '');
  const href = `${url.origin}/network/v2.0/${path}?${following}`;
  return Response.json({
    [plural]: members.map((view) => withFields(view, query)),
    ...(next !== undefined && { [`${plural}_links`]: [{ rel: 'next', href }] }),
  });
}

function show(call: Call, { singular, type, unknown, all }: Collection): Response {
  const { id = '' } = call.parameters;
  const view = all(call).find((one) => one.id === id);
  if (view === undefined) {
    throw new NeutronRefusal(404, type, unknown(id));
  }
  return Response.json({ [singular]: withFields(view, call.url.searchParams) });
}

/** `fields=id&fields=name`: only these. */
function withFields(view: View, query: URLSearchParams): object {
  const wanted = query.getAll('fields');
  const known = Object.entries(view);
  return wanted.length === 0 ? view : Object.fromEntries(known.filter(([name]) => wanted.includes(name)));
}

/** `fixed_ips=ip_address=203.0.113.7`: ports that have one of these addresses or are in one of these subnets. */
function hasAddresses(view: View, wanted: readonly string[]): boolean {
  const own = 'fixed_ips' in view ? (view.fixed_ips as readonly Readonly<Record<string, unknown>>[]) : [];
  return (
    wanted.length === 0 ||
    wanted.some((text) => {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(text) ?? [];
      return own.some((address) => Object.hasOwn(address, name) && address[name] === value);
    })
  );
}

function visibleNetworks({ stores, caller }: Call) {
  return stores.networks.networks.filter(
    ({ projectId }) => projectId === undefined || projectId === caller.projectId,
  );
}

/** A port for each network of each of the project's servers. */
function ports({ stores, caller }: Call): View[] {
  return stores.instances
    .list()
    .filter(({ projectId }) => projectId === caller.projectId)
    .flatMap((instance) =>
      Object.entries(instance.addresses).map(([name, addresses]) =>
        portView(instance, stores.networks.ensure(name, instance.projectId), addresses),
      ),
    );
}

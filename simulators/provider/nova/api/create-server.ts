import { allocatePorts, type NetworkRequest } from '../compute/addresses';
import { refuseUnfitImage } from '../compute/fit-image';
import { generatePassword } from '../compute/generate-password';
import { createInstances } from '../compute/lifecycle';
import { reservationId } from '../compute/make-instance';
import { refuse } from '../compute/refusal';
import { DEFAULT_GROUP, isDefaultGroup } from '../compute/security-groups';
import type { ServerGroup } from '../compute/server-groups';
import { refuseUnknownZone } from './availability-zones';
import { disksOf, type Wanted } from './block-devices';
import type { ComputeCall, ComputeContext } from './call';
import { countWithinQuota, type WantedCount } from './count-within-quota';
import { json } from './json';
import { keyPairOf } from './key-pairs';
import { linksOf } from './links';
import { isTrue } from './schema/parts';

/** The `server` of a request to make one, as far as its schema let it through. */
interface WantedServer {
  readonly name: string;
  readonly imageRef?: string;
  readonly flavorRef: string | number;
  readonly adminPass?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly networks?: 'none' | 'auto' | readonly WantedNetwork[];
  readonly 'OS-DCF:diskConfig'?: 'AUTO' | 'MANUAL';
  readonly accessIPv4?: string;
  readonly accessIPv6?: string;
  readonly availability_zone?: string;
  readonly block_device_mapping?: Wanted['legacyDevices'];
  readonly block_device_mapping_v2?: Wanted['devices'];
  readonly config_drive?: unknown;
  readonly key_name?: string;
  readonly min_count?: number | string;
  readonly max_count?: number | string;
  readonly return_reservation_id?: unknown;
  readonly security_groups?: readonly { readonly name?: string }[];
  readonly user_data?: string | null;
  readonly description?: string | null;
  readonly tags?: readonly string[];
  readonly hostname?: string;
}

interface WantedBody {
  readonly server: WantedServer;
  readonly 'os:scheduler_hints'?: { readonly group?: string };
  readonly 'OS-SCH-HNT:scheduler_hints'?: { readonly group?: string };
}

interface WantedNetwork {
  readonly uuid?: string;
  readonly port?: string | null;
  readonly fixed_ip?: string;
}

/** `POST /servers` */
export function createServer(call: ComputeCall): Response {
  const { context } = call;
  const wanted = (call.body as WantedBody).server;
  const { compute, caller, actor } = context;
  const wantedCount = countOf(wanted);
  const flavor = compute.flavors.find(({ id }) => id === lastPart(wanted.flavorRef));
  const disks = disksOf(compute, {
    imageId: wanted.imageRef ? lastPart(wanted.imageRef) : undefined,
    devices: wanted.block_device_mapping_v2 ?? [],
    legacyDevices: wanted.block_device_mapping ?? [],
    projectId: caller.projectId,
    userId: caller.userId,
  });
  const networks = networksOf(context, wanted.networks);
  if (flavor === undefined) {
    throw refuse.badRequest(`Flavor ${lastPart(wanted.flavorRef)} could not be found.`);
  }
  const image = disks.imageId === undefined ? undefined : compute.images.get(disks.imageId, caller.projectId);
  if (disks.imageId !== undefined && image === undefined) {
    throw refuse.badRequest('Can not find requested image');
  }
  if (image !== undefined) {
    refuseUnfitImage(image, flavor, { volumeBacked: false });
  }
  refuseUnknownZone(wanted.availability_zone);
  const keyPair = wanted.key_name === undefined ? undefined : keyPairOf(context, wanted.key_name);
  const securityGroups = groupsOf(wanted, caller.projectId);
  const serverGroup = serverGroupOf(call);
  const count = countWithinQuota(call, flavor, wantedCount);
  const adminPass = wanted.adminPass ?? generatePassword(compute.random);
  const reservation = reservationId(compute);
  const name = wanted.name.trim();
  const seeds = Array.from({ length: count }, (_, index) => ({
    ...disks,
    name: count > 1 ? `${name}-${index + 1}` : name,
    flavorId: flavor.id,
    adminPass,
    projectId: caller.projectId,
    userId: caller.userId,
    reservationId: reservation,
    metadata: wanted.metadata ?? {},
    configDrive: isTrue(wanted.config_drive),
    keyPair,
    userData: wanted.user_data ?? undefined,
    ...(wanted.hostname !== undefined && {
      hostname: count > 1 ? `${wanted.hostname}-${index + 1}` : wanted.hostname,
    }),
    description: context.version >= 19 ? (wanted.description ?? null) : name,
    tags: wanted.tags ?? [],
    accessIPv4: wanted.accessIPv4,
    accessIPv6: wanted.accessIPv6,
    diskConfig: wanted['OS-DCF:diskConfig'] ?? (context.rackspace ? ('AUTO' as const) : undefined),
    availabilityZone: wanted.availability_zone,
    securityGroups: [DEFAULT_GROUP],
  }));
  const ports = allocatePorts(compute, networks, count);
  const made = createInstances(
    compute,
    actor,
    seeds.map((seed, index) => ({ ...seed, ports: ports[index] ?? {} })),
    serverGroup,
  );
  if (isTrue(wanted.return_reservation_id)) {
    return json({ reservation_id: reservation }, 202);
  }
  const [first] = made;
  const links = linksOf(context, `/servers/${first?.id}`);
  return json(
    {
      server: {
        id: first?.id,
        links,
        'OS-DCF:diskConfig': first?.diskConfig,
        security_groups: securityGroups.map((group) => ({ name: group })),
        ...(context.showPasswords && { adminPass }),
      },
    },
    202,
    { location: links[0]?.href ?? '' },
  );
}

function countOf({ min_count = 1, max_count = min_count }: WantedServer): WantedCount {
  const [least, most] = [Number(min_count), Number(max_count)];
  if (least > most) {
    throw refuse.badRequest('min_count must be <= max_count');
  }
  return { least, most };
}

function groupsOf({ security_groups: groups }: WantedServer, projectId: string): readonly string[] {
  const names = (groups ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
  const unknown = names.find((name) => !isDefaultGroup(name, projectId));
  if (unknown !== undefined) {
    throw refuse.badRequest(`Unable to find security_group with name or id '${unknown}'`);
  }
  return names.length === 0 ? ['default'] : [...new Set(names)];
}

/** The group that a hint to the scheduler names. */
function serverGroupOf({ context: { compute, caller }, body }: ComputeCall): ServerGroup | undefined {
  const wanted = body as WantedBody;
  const id = (wanted['os:scheduler_hints'] ?? wanted['OS-SCH-HNT:scheduler_hints'])?.group;
  const group = id === undefined ? undefined : compute.serverGroups.find(id);
  if (id !== undefined && group?.projectId !== caller.projectId) {
    throw refuse.badRequest(`Instance group ${id} could not be found.`);
  }
  return group;
}

/** The networks that are asked for; without a word the public one, at Rackspace the private one as well. */
function networksOf(
  { compute: { networks }, rackspace, caller }: ComputeContext,
  wanted: WantedServer['networks'],
): readonly NetworkRequest[] {
  if (wanted === 'none') {
    return [];
  }
  if (wanted === undefined || wanted === 'auto' || wanted.length === 0) {
    const names = rackspace ? ['public', 'private'] : ['public'];
    return names.map((name) => ({ network: networks.ensure(name) }));
  }
  return wanted.map(({ uuid, port, fixed_ip: address }) => {
    if (port) {
      // Ports belong to servers here: none is free.
      throw refuse.badRequest(`Port id ${port} could not be found.`);
    }
    if (uuid === undefined) {
      throw refuse.badRequest("Bad network format: missing 'uuid'");
    }
    const network = networks.get(uuid);
    if (
      network === undefined ||
      (network.projectId !== undefined && network.projectId !== caller.projectId)
    ) {
      throw refuse.badRequest(`Network ${uuid} could not be found.`);
    }
    return { network, address };
  });
}

/** The id in a reference, which may be a whole address. */
function lastPart(reference: string | number): string {
  return String(reference).split(/[?#]/)[0]?.split('/').at(-1) ?? '';
}

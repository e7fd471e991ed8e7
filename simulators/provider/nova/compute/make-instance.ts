import { allocatePorts, givenAddresses } from './addresses';
import type { Compute } from './compute';
import { hostNameOf } from './host-name';
import type { Address, AttachedVolume, Instance } from './instance';
import type { KeyPair } from './key-pairs';
import { baseImageOf } from './rebuild';
import { refuse } from './refusal';
import { ownDisks } from './rescue-disks';
import { freeDevice } from './volumes';

/** A volume at a server to be; its root disk comes first where it has no image. */
export type SeedVolume = Pick<AttachedVolume, 'id'> &
  Partial<Pick<AttachedVolume, 'deleteOnTermination' | 'device' | 'tag'>>;

/** A server to be. Ids of images and flavors; the rest has the defaults that Nova has. */
export interface ServerSeed {
  readonly id?: string;
  readonly name: string;
  /** Undefined: it boots from the first of its volumes. */
  readonly imageId: string | undefined;
  readonly baseImageId?: string;
  readonly imageProperties?: Readonly<Record<string, string>>;
  readonly flavorId: string;
  readonly projectId: string;
  readonly userId: string;
  readonly adminPass: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Network name to IP addresses; without it, addresses in the network `public`. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  /** The same with ports, where they were allocated already. */
  readonly ports?: Readonly<Record<string, readonly Address[]>>;
  /** Without a config drive no password reaches the guest. Default: true. */
  readonly configDrive?: boolean;
  readonly keyPair?: KeyPair | undefined;
  readonly userData?: string | undefined;
  readonly hostname?: string | undefined;
  readonly description?: string | null;
  readonly tags?: readonly string[];
  readonly accessIPv4?: string | undefined;
  readonly accessIPv6?: string | undefined;
  readonly diskConfig?: 'AUTO' | 'MANUAL' | undefined;
  readonly availabilityZone?: string | undefined;
  readonly securityGroups?: readonly string[];
  readonly reservationId?: string;
  readonly volumes?: readonly SeedVolume[];
}

const RESERVATION = '0123456789abcdefghijklmnopqrstuvwxyz';

/** An instance as it is before anything was done about it. */
export function makeInstance(compute: Compute, seed: ServerSeed): Instance {
  const { clock, random, images } = compute;
  const flavor = compute.flavors.find(({ id }) => id === seed.flavorId);
  if (flavor === undefined) {
    throw refuse.badRequest(`Flavor ${seed.flavorId} could not be found.`);
  }
  const { name, imageId, configDrive = true, adminPass } = seed;
  const id = seed.id ?? random.uuid();
  const image = imageId === undefined ? undefined : images.get(imageId);
  const imageProperties = seed.imageProperties ?? image?.properties ?? {};
  const instance: Omit<Instance, 'hypervisor'> = {
    id,
    name,
    imageId,
    baseImageId: seed.baseImageId ?? (image && baseImageOf(image)) ?? imageId,
    imageProperties,
    flavorId: flavor.id,
    projectId: seed.projectId,
    userId: seed.userId,
    host: null,
    metadata: seed.metadata ?? {},
    addresses: addressesFor(compute, seed),
    configDrive,
    keyName: seed.keyPair?.name ?? null,
    keyPair: seed.keyPair,
    userData: seed.userData,
    hostname: seed.hostname ?? hostNameOf(name, `Server-${id}`),
    description: seed.description ?? null,
    tags: seed.tags ?? [],
    accessIPv4: seed.accessIPv4 ?? '',
    accessIPv6: seed.accessIPv6 ?? '',
    diskConfig: seed.diskConfig ?? 'MANUAL',
    availabilityZone: seed.availabilityZone ?? 'nova',
    reservationId: seed.reservationId ?? reservationId(compute),
    securityGroups: seed.securityGroups ?? ['default'],
    encryptedPassword: '',
    volumes: volumesFor(compute, seed),
    actions: [],
    created: clock.now(),
    updated: clock.now(),
    launchedAt: null,
    terminatedAt: null,
    vmState: 'building',
    taskState: null,
    powerState: 0,
    lockedBy: null,
    lockedReason: null,
    fault: undefined,
  };
  const whole = instance as Instance;
  whole.hypervisor = compute.hypervisorFor({
    instance: whole,
    flavor,
    disks: () => ownDisks(whole, flavor, compute.virtDriver),
    adminPass,
  });
  return whole;
}

/** The name under which servers that were made together are found. */
export function reservationId({ random }: Pick<Compute, 'random'>): string {
  return `r-${random.text(8, RESERVATION)}`;
}

function addressesFor(compute: Compute, { ports, addresses }: ServerSeed): Instance['addresses'] {
  if (ports !== undefined) {
    return ports;
  }
  return addresses === undefined
    ? (allocatePorts(compute, [{ network: compute.networks.ensure('public') }], 1)[0] ?? {})
    : givenAddresses(compute, addresses);
}

function volumesFor({ random }: Compute, { imageId, volumes = [] }: ServerSeed): AttachedVolume[] {
  const attached: AttachedVolume[] = [];
  for (const volume of volumes) {
    attached.push({
      id: volume.id,
      deleteOnTermination: volume.deleteOnTermination ?? false,
      device: volume.device ?? freeDevice({ imageId, volumes: attached }),
      tag: volume.tag ?? null,
      bdmId: random.uuid(),
      attachmentId: random.uuid(),
    });
  }
  return attached;
}

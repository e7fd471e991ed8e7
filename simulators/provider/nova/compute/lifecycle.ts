import { checkState } from './check-state';
import type { Compute } from './compute';
import type { Address, AttachedVolume, Instance } from './instance';
import { Refusal, refuse } from './refusal';
import { runTask } from './run-task';
import { powerStateOf } from './states';

/** A server to be. Ids of images and flavors; the rest has the defaults that Nova has. */
export interface ServerSeed {
  readonly id?: string;
  readonly name: string;
  readonly imageId: string | undefined;
  readonly baseImageId?: string;
  readonly flavorId: string;
  readonly projectId: string;
  readonly userId: string;
  readonly adminPass: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Network name to IP addresses; without it one address out of 203.0.113.0/24 (RFC 5737) on `public`. */
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  /** Without a config drive no password reaches the guest. Default: true. */
  readonly configDrive?: boolean;
  readonly keyName?: string | null;
  readonly volumes?: readonly AttachedVolume[];
}

/** A server that exists already, in the state that its hypervisor is in. */
export function adoptInstance(compute: Compute, seed: ServerSeed): Instance {
  const instance = makeInstance(compute, seed);
  instance.launchedAt = compute.clock.now();
  instance.powerState = powerStateOf(instance.hypervisor.power);
  instance.vmState = instance.hypervisor.power === 'off' ? 'stopped' : 'active';
  instance.taskState = null;
  compute.instances.add(instance);
  return instance;
}

/** Makes a new server: BUILD with task_state `spawning`, then ACTIVE. */
export function createInstance(compute: Compute, seed: ServerSeed): Instance {
  if (seed.imageId !== undefined && compute.images.get(seed.imageId) === undefined) {
    throw refuse.badRequest('Can not find requested image');
  }
  const instance = makeInstance(compute, seed);
  compute.instances.add(instance);
  runTask(compute, instance, {
    taskState: 'spawning',
    work: async () => {
      try {
        await instance.hypervisor.start();
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Refusal(500, `Build of instance ${instance.id} aborted: ${reason}`);
      }
    },
    done: () => ({ vmState: 'active', launchedAt: compute.clock.now() }),
  });
  return instance;
}

/** Deletes a server in whatever state it is, unless it is locked; also while another task runs. */
export function deleteInstance(compute: Compute, instance: Instance): void {
  checkState(instance, 'delete', {});
  if (instance.taskState === 'deleting') {
    return;
  }
  const { hypervisor } = instance;
  runTask(compute, instance, {
    taskState: 'deleting',
    work: async () => {
      if (hypervisor.power !== 'off') {
        await hypervisor.stop();
      }
      await hypervisor[Symbol.asyncDispose]?.();
      compute.instances.update(instance, { vmState: 'deleted' });
      compute.instances.remove(instance);
    },
    done: () => ({}),
  });
}

function makeInstance(compute: Compute, seed: ServerSeed): Instance {
  const { clock, random } = compute;
  const flavor = compute.flavors.find(({ id }) => id === seed.flavorId);
  if (flavor === undefined) {
    throw refuse.badRequest(`Flavor ${seed.flavorId} could not be found.`);
  }
  const { name, imageId, configDrive = true, adminPass } = seed;
  const id = seed.id ?? random.uuid();
  return {
    id,
    name,
    imageId,
    baseImageId: seed.baseImageId ?? imageId,
    flavorId: flavor.id,
    projectId: seed.projectId,
    userId: seed.userId,
    hypervisor: compute.hypervisorFor({ id, name, imageId, flavor, configDrive, adminPass }),
    metadata: seed.metadata ?? {},
    addresses: addressesOf(compute, seed),
    configDrive,
    keyName: seed.keyName ?? null,
    volumes: seed.volumes ?? [],
    created: clock.now(),
    updated: clock.now(),
    launchedAt: null,
    vmState: 'building',
    taskState: null,
    powerState: 0,
    locked: false,
    lockedReason: null,
    fault: undefined,
  };
}

function addressesOf({ random, instances }: Compute, seed: ServerSeed): Record<string, Address[]> {
  const wanted = seed.addresses ?? { public: [freeAddress(instances.list())] };
  return Object.fromEntries(
    Object.entries(wanted).map(([network, list]) => {
      const mac = `fa:16:3e:${[...random.bytes(3)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
      return [
        network,
        list.map((address) => ({ address, version: address.includes(':') ? 6 : 4, mac }) as const),
      ];
    }),
  );
}

function freeAddress(instances: readonly Instance[]): string {
  const taken = new Set(
    instances.flatMap(({ addresses }) =>
      Object.values(addresses).flatMap((list) => list.map((one) => one.address)),
    ),
  );
  for (let host = 10; host < 255; host++) {
    const address = `203.0.113.${host}`;
    if (!taken.has(address)) {
      return address;
    }
  }
  throw refuse.conflict('No more IP addresses available on network public.');
}

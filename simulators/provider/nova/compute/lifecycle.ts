import type { Actor } from './actor';
import { checkState } from './check-state';
import type { Compute } from './compute';
import type { Instance } from './instance';
import { makeInstance, type ServerSeed } from './make-instance';
import { Refusal } from './refusal';
import { runTask } from './run-task';
import { chooseHosts } from './scheduler';
import type { ServerGroup } from './server-groups';
import { powerStateOf } from './states';

/** A server that exists already, in the state that its hypervisor is in. */
export function adoptInstance(compute: Compute, seed: ServerSeed): Instance {
  const instance = makeInstance(compute, seed);
  Object.assign(instance, {
    host: compute.hosts[0] ?? null,
    launchedAt: compute.clock.now(),
    powerState: powerStateOf(instance.hypervisor.power),
    vmState: instance.hypervisor.power === 'off' ? 'stopped' : 'active',
    taskState: null,
  });
  holdVolumes(compute, instance, 'in-use');
  compute.instances.add(instance);
  return instance;
}

/**
 * Makes the new servers of one request: BUILD while they are scheduled and spawned, then ACTIVE. Where the scheduler
 * finds no host they are in ERROR, without an address.
 */
export function createInstances(
  compute: Compute,
  actor: Actor,
  seeds: readonly ServerSeed[],
  group?: ServerGroup,
): readonly Instance[] {
  const { instances } = compute;
  const made = seeds.map((seed) => {
    const instance = makeInstance(compute, seed);
    instances.add(instance);
    holdVolumes(compute, instance, 'reserved');
    return instance;
  });
  group?.members.push(...made.map(({ id }) => id));
  // The answer to the request tells of the scheduling.
  const chosen = Promise.resolve().then(() => chooseHosts(compute, made, group));
  for (const instance of made) {
    void runTask(compute, instance, actor, {
      action: 'create',
      event: 'compute__do_build_and_run_instance',
      taskState: 'scheduling',
      failure: (reason) => new Refusal(500, `Build of instance ${instance.id} aborted: ${reason}`),
      work: async (step) => {
        const hosts = await chosen.catch((reason: unknown) => {
          instances.update(instance, { addresses: {} });
          throw reason;
        });
        // A deletion may have overtaken it.
        if (instance.taskState !== 'scheduling') return;
        instances.update(instance, { host: hosts.get(instance) ?? null });
        step('spawning');
        await instance.hypervisor.start();
        holdVolumes(compute, instance, 'in-use');
      },
      done: () => ({ vmState: 'active', launchedAt: compute.clock.now() }),
    });
  }
  return made;
}

/** Deletes a server in whatever state it is, unless it is locked; also while another task runs. */
export function deleteInstance(
  compute: Compute,
  instance: Instance,
  actor: Actor,
  rule: 'delete' | 'forceDelete' = 'delete',
): void {
  checkState(instance, rule, actor);
  if (instance.taskState === 'deleting') {
    return;
  }
  const { hypervisor } = instance;
  void runTask(compute, instance, actor, {
    action: 'delete',
    event: 'compute_terminate_instance',
    taskState: 'deleting',
    work: async () => {
      if (hypervisor.power !== 'off') {
        await hypervisor.stop(0);
      }
      await hypervisor[Symbol.asyncDispose]?.();
      releaseVolumes(compute, instance);
      compute.instances.update(instance, {
        vmState: 'deleted',
        taskState: null,
        powerState: 0,
        terminatedAt: compute.clock.now(),
      });
      compute.instances.remove(instance);
    },
    done: () => ({}),
  });
}

function holdVolumes({ volumes, clock }: Compute, instance: Instance, status: 'reserved' | 'in-use'): void {
  for (const { id, attachmentId, device } of instance.volumes) {
    const attachments = [{ id: attachmentId, serverId: instance.id, device, attachedAt: clock.now() }];
    volumes.update(id, { status, attachments: status === 'in-use' ? attachments : [], updated: clock.now() });
  }
}

function releaseVolumes({ volumes, clock }: Compute, instance: Instance): void {
  for (const { id, deleteOnTermination } of instance.volumes) {
    if (deleteOnTermination) {
      volumes.delete(id);
    } else {
      volumes.update(id, { status: 'available', attachments: [], updated: clock.now() });
    }
  }
}

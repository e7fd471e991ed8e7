import { changePassword } from '../compute/change-password';
import { checkState } from '../compute/check-state';
import { generatePassword } from '../compute/generate-password';
import { deleteInstance } from '../compute/lifecycle';
import { lock, mayUnlock, unlock } from '../compute/lock';
import { changePower, reboot } from '../compute/power';
import { refuse } from '../compute/refusal';
import { rescue, unrescue } from '../compute/rescue';
import { createImage } from '../compute/snapshot';
import type { Action } from './action';
import type { RunAction } from './call';
import { openOldConsole } from './consoles';
import { empty, json } from './json';
import { rebuildServer } from './rebuild-server';
import * as schemas from './schemas/actions';
import { rebuildBody } from './schemas/servers';
import { changeServersGroups } from './security-groups';
import { UNSERVED_ACTIONS } from './unserved-actions';

/** Fields of an action's argument; anything but an object has none. */
const fieldsOf = (argument: unknown): Readonly<Record<string, unknown>> =>
  typeof argument === 'object' && argument !== null ? (argument as Record<string, unknown>) : {};

const power =
  (action: Parameters<typeof changePower>[3]): RunAction =>
  ({ context: { compute, actor }, instance }) => {
    changePower(compute, instance, actor, action);
    return empty(202);
  };

const runRescue: RunAction = ({ context, instance }, argument) => {
  const { adminPass, rescue_image_ref } = fieldsOf(argument);
  const password = typeof adminPass === 'string' ? adminPass : generatePassword(context.compute.random);
  rescue(context.compute, instance, context.actor, {
    adminPass: password,
    imageId: typeof rescue_image_ref === 'string' ? rescue_image_ref : undefined,
    volumeBackedAllowed: context.version >= 87,
  });
  // Rackspace's documentation says 202; Nova answers 200 and calls that a mistake it cannot take back.
  return json(context.showPasswords ? { adminPass: password } : {}, context.rackspace ? 202 : 200);
};

/** Before 2.45 the place of the new image is in a header. */
const runCreateImage: RunAction = ({ context, instance }, argument) => {
  const { name, metadata = {} } = fieldsOf(argument);
  const id = createImage(context.compute, instance, context.actor, {
    name: String(name).trim(),
    metadata: metadata as Record<string, string>,
  });
  return context.version >= 45
    ? json({ image_id: id }, 202)
    : empty(202, { location: `${context.baseUrl.replace(/\/compute$/, '/image')}/images/${id}` });
};

const runUnlock: RunAction = ({ context: { compute, actor }, instance }) => {
  if (!mayUnlock(instance, actor)) {
    throw refuse.policy('os-lock-server:unlock:unlock_override');
  }
  unlock(compute, instance, actor);
  return empty(202);
};

const runConsoleOutput: RunAction = ({ context: { actor }, instance }, argument) => {
  checkState(instance, 'consoleOutput', actor);
  const length = Number(fieldsOf(argument)['length'] ?? -1);
  const lines = (instance.hypervisor.output ?? '').replaceAll(/[\0-\x08\x0b-\x1f]/g, '').split('\n');
  return json({ output: (length < 0 ? lines : lines.slice(-length || lines.length)).join('\n') });
};

/** An operator says what the server is, whatever the machine does. */
const runResetState: RunAction = ({ context: { compute }, instance }, argument) => {
  const vmState = fieldsOf(argument)['state'] === 'active' ? 'active' : 'error';
  compute.instances.update(instance, { vmState, taskState: null });
  return empty(202);
};

/** Every action of `POST /servers/{id}/action`. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  rescue: { policy: 'os-rescue', body: schemas.rescueBody, anyBodyAtRackspace: true, run: runRescue },
  unrescue: {
    policy: 'os-unrescue',
    run: ({ context: { compute, actor }, instance }) => {
      unrescue(compute, instance, actor);
      return empty(202);
    },
  },
  reboot: {
    policy: 'servers:reboot',
    body: schemas.rebootBody,
    run: ({ context: { compute, actor }, instance }, argument) => {
      const kind = String(fieldsOf(argument)['type']).toLowerCase();
      reboot(compute, instance, actor, kind === 'soft' ? 'soft' : 'hard');
      return empty(202);
    },
  },
  'os-start': { policy: 'servers:start', run: power('start') },
  'os-stop': { policy: 'servers:stop', run: power('stop') },
  pause: { policy: 'os-pause-server:pause', run: power('pause') },
  unpause: { policy: 'os-pause-server:unpause', run: power('unpause') },
  suspend: { policy: 'os-suspend-server:suspend', run: power('suspend') },
  resume: { policy: 'os-suspend-server:resume', run: power('resume') },
  lock: {
    policy: 'os-lock-server:lock',
    body: schemas.lockBody,
    run: ({ context: { compute, actor, version }, instance }, argument) => {
      const reason = version >= 73 ? fieldsOf(argument)['locked_reason'] : undefined;
      lock(compute, instance, actor, typeof reason === 'string' ? reason : null);
      return empty(202);
    },
  },
  unlock: { policy: 'os-lock-server:unlock', run: runUnlock },
  rebuild: { policy: 'servers:rebuild', body: rebuildBody, run: rebuildServer },
  changePassword: {
    policy: 'os-admin-password',
    body: schemas.changePasswordBody,
    run: async ({ context: { compute, actor }, instance }, argument) => {
      await changePassword(compute, instance, actor, String(fieldsOf(argument)['adminPass']));
      return empty(202);
    },
  },
  createImage: { policy: 'servers:create_image', body: schemas.createImageBody, run: runCreateImage },
  addSecurityGroup: { policy: 'os-security-groups:add', run: changeServersGroups('add') },
  removeSecurityGroup: { policy: 'os-security-groups:remove', run: changeServersGroups('remove') },
  forceDelete: {
    policy: 'os-deferred-delete:force',
    run: ({ context: { compute, actor }, instance }) => {
      deleteInstance(compute, instance, actor, 'forceDelete');
      return empty(202);
    },
  },
  'os-getConsoleOutput': {
    policy: 'os-console-output',
    body: schemas.consoleOutputBody,
    run: runConsoleOutput,
  },
  'os-resetState': {
    policy: 'os-admin-actions:reset_state',
    right: 'admin',
    body: schemas.resetStateBody,
    run: runResetState,
  },
  'os-getVNCConsole': {
    policy: 'os-remote-consoles',
    until: 5,
    body: schemas.vncConsoleBody,
    run: openOldConsole('vnc'),
  },
  'os-getSPICEConsole': {
    policy: 'os-remote-consoles',
    until: 5,
    body: schemas.spiceConsoleBody,
    run: openOldConsole('spice'),
  },
  'os-getRDPConsole': {
    policy: 'os-remote-consoles',
    until: 5,
    body: schemas.rdpConsoleBody,
    run: openOldConsole('rdp'),
  },
  'os-getSerialConsole': {
    policy: 'os-remote-consoles',
    until: 5,
    body: schemas.serialConsoleBody,
    run: openOldConsole('serial'),
  },
  ...UNSERVED_ACTIONS,
};

import { generatePassword } from '../compute/generate-password';
import type { Instance } from '../compute/instance';
import { reboot, start, stop } from '../compute/power';
import { refuse } from '../compute/refusal';
import { rescue, unrescue } from '../compute/rescue';
import type { ComputeCall, ComputeContext } from './call';
import { openVncConsole } from './consoles';
import { empty, json, readBody } from './json';
import { type Schema, validate } from './schema';
import { instanceOf } from './servers';
import { refuseUnservedAction } from './unserved-actions';

type Action = (context: ComputeContext, instance: Instance, argument: unknown) => Response;

const RESCUE: Schema = {
  type: 'object',
  required: ['rescue'],
  additionalProperties: false,
  properties: {
    rescue: {
      type: ['object', 'null'],
      additionalProperties: false,
      properties: { adminPass: { type: 'string' }, rescue_image_ref: { type: 'string', format: 'uuid' } },
    },
  },
};

const REBOOT: Schema = {
  type: 'object',
  required: ['reboot'],
  additionalProperties: false,
  properties: {
    reboot: {
      type: 'object',
      required: ['type'],
      additionalProperties: false,
      properties: { type: { enum: ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'] } },
    },
  },
};

const LOCK: Schema = {
  type: 'object',
  properties: {
    lock: {
      type: ['object', 'null'],
      additionalProperties: false,
      properties: { locked_reason: { type: 'string', minLength: 1, maxLength: 255 } },
    },
  },
};

const SCHEMAS: Readonly<Record<string, Schema>> = { rescue: RESCUE, reboot: REBOOT };

const ACTIONS: Readonly<Record<string, Action>> = {
  rescue: (context, instance, argument) => {
    const wanted = fieldsOf(argument);
    const adminPass = wanted['adminPass'] ?? generatePassword(context.compute.random);
    rescue(context.compute, instance, {
      adminPass,
      imageId: wanted['rescue_image_ref'],
      volumeBackedAllowed: context.version >= 87,
    });
    // Rackspace's documentation says 202; Nova answers 200 and calls that a mistake it cannot take back.
    return json(context.showPasswords ? { adminPass } : {}, context.rackspace ? 202 : 200);
  },
  unrescue: (context, instance) => {
    unrescue(context.compute, instance);
    return empty(202);
  },
  reboot: (context, instance, argument) => {
    const kind = fieldsOf(argument)['type']?.toLowerCase();
    if (kind !== 'soft' && kind !== 'hard') {
      throw refuse.badRequest("Argument 'type' for reboot is not HARD or SOFT");
    }
    reboot(context.compute, instance, kind);
    return empty(202);
  },
  'os-start': (context, instance) => {
    start(context.compute, instance);
    return empty(202);
  },
  'os-stop': (context, instance) => {
    stop(context.compute, instance);
    return empty(202);
  },
  lock: (context, instance, argument) => {
    if (context.version >= 73) {
      validate(LOCK, { lock: argument });
    }
    const lockedReason = context.version >= 73 ? (fieldsOf(argument)['locked_reason'] ?? null) : null;
    context.compute.instances.update(instance, { locked: true, lockedReason });
    return empty(202);
  },
  unlock: (context, instance) => {
    context.compute.instances.update(instance, { locked: false, lockedReason: null });
    return empty(202);
  },
  'os-getVNCConsole': (context, instance, argument) => {
    if (context.version >= 6) {
      throw refuse.notFound(`API version '2.${context.version}' is not supported on this method.`);
    }
    return openVncConsole(context, instance, argument);
  },
};

/** `POST /servers/{id}/action`: the one key of the body names the action. */
export async function serverAction(call: ComputeCall): Promise<Response> {
  const { context, request } = call;
  const body = await readBody(request);
  const [name, ...others] = Object.keys(body);
  if (name === undefined || others.length > 0) {
    throw refuse.badRequest('Malformed request body');
  }
  const action = ACTIONS[name];
  if (action === undefined) {
    refuseUnservedAction(name, () => instanceOf(call));
  }
  const schema = SCHEMAS[name];
  if (schema !== undefined && !context.lenient) {
    validate(schema, body);
  }
  return action(context, instanceOf(call), body[name]);
}

/** The text fields of an action's argument; anything but an object has none. */
function fieldsOf(argument: unknown): Record<string, string | undefined> {
  const object = typeof argument === 'object' && argument !== null ? argument : {};
  return Object.fromEntries(Object.entries(object).filter((entry) => typeof entry[1] === 'string'));
}

import type { Instance } from '../compute/instance';
import { refuse } from '../compute/refusal';
import type { Action } from './action';
import { ACTIONS } from './actions';
import type { Carry } from './answer-call';
import type { ComputeCall, ComputeContext, ServerCall } from './call';
import { readJson } from './json';
import { OPERATIONS, type Operation, type OperationName, type SchemaOf } from './operations';
import { ROUTES } from './routes';
import { validateBody, validateQuery } from './schema/validate';

/** Methods whose requests have a body. */
const WITH_BODY = ['POST', 'PUT'];

/** Carries out an operation: its microversions, its schemas, the server it is about, the caller's rights, its route. */
export function carryOut(name: OperationName): Carry {
  const operation: Operation = OPERATIONS[name];
  return ({ text, ...rest }) => {
    const body = WITH_BODY.includes(rest.request.method) ? readJson(text) : undefined;
    refuseOtherVersions(operation, rest.context);
    checkBody(operation.body, body, rest.context);
    const query = readQuery(operation, rest);
    const call: ComputeCall = { ...rest, body, query };
    const instance = instanceFor(operation, call);
    refuseWithoutRight(operation, rest.context);
    return ROUTES[name]({ ...call, instance } as ServerCall);
  };
}

/** `POST /servers/{server}/action`: the one key of the body names the action. */
export const carryOutAction: Carry = ({ text, ...rest }) => {
  const { context } = rest;
  const name = actionNameOf(text);
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) {
    throw refuse.badRequest(`There is no such action: ${name}`);
  }
  const body = readJson(text) as Readonly<Record<string, unknown>>;
  refuseOtherVersions(action, context);
  if (!(context.rackspace && action.anyBodyAtRackspace)) {
    checkBody(action.body, body, context);
  }
  const call: ComputeCall = { ...rest, body, query: {} };
  const instance = instanceFor(action, call);
  refuseWithoutRight({ right: 'change', ...action }, context);
  return action.run({ ...call, instance } as ServerCall, body[name]);
};

/** As nova/api/openstack/wsgi.py `action_peek`: anything but an object is no action that could be found. */
function actionNameOf(text: string): string {
  const body = text === '' ? undefined : readJson(text);
  const size = typeof body === 'string' || Array.isArray(body) ? body.length : undefined;
  if (body === null || typeof body === 'number' || typeof body === 'boolean' || size === 1) {
    throw refuse.notFound('The resource could not be found.');
  }
  const [name, ...others] = typeof body === 'object' && size === undefined ? Object.keys(body) : [];
  if (name === undefined || others.length > 0) {
    throw refuse.badRequest('Malformed request body');
  }
  return name;
}

function refuseOtherVersions({ since, until }: Operation | Action, { version }: ComputeContext): void {
  if ((since !== undefined && version < since) || (until !== undefined && version > until)) {
    throw refuse.notFound('The resource could not be found.');
  }
}

function checkBody(schemaOf: SchemaOf | undefined, body: unknown, context: ComputeContext): void {
  const schema = schemaOf?.(schemaVersion(context));
  if (schema !== undefined) {
    validateBody(schema, body, { relaxed: context.legacy });
  }
}

/** The query's parameters, without those that the call does not know. */
function readQuery(
  operation: Operation,
  { url, context }: Pick<ComputeCall, 'url' | 'context'>,
): ComputeCall['query'] {
  const { searchParams } = url;
  const given = Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]),
  );
  const schema = operation.query?.(schemaVersion(context));
  if (schema === undefined) {
    return given;
  }
  validateQuery(schema, given, { relaxed: context.legacy });
  return Object.fromEntries(
    Object.entries(given).filter(
      ([name]) => Object.hasOwn(schema.properties ?? {}, name) || name.startsWith('_'),
    ),
  );
}

function schemaVersion({ legacy, version }: ComputeContext): number {
  return legacy ? 0 : version;
}

/** The server in the path. Of another project's server the API says that it does not exist. */
function instanceFor(
  { deletedSince }: Pick<Operation, 'deletedSince'>,
  { context, parameters }: ComputeCall,
): Instance | undefined {
  const id = parameters['server'];
  if (id === undefined) {
    return undefined;
  }
  const deleted = deletedSince !== undefined && context.version >= deletedSince;
  const instance = context.compute.instances.find(id, { deleted });
  if (
    instance === undefined ||
    (instance.projectId !== context.caller.projectId && !context.caller.isAdmin)
  ) {
    // The text of the API of 2014 at Rackspace, of today's otherwise.
    throw refuse.notFound(context.rackspace ? 'Server not found' : `Instance ${id} could not be found.`);
  }
  return instance;
}

function refuseWithoutRight(
  { right, policy }: Pick<Operation, 'right' | 'policy'>,
  context: ComputeContext,
): void {
  const { mayRead, mayCreate, mayChange, isAdmin } = context.caller;
  // At OpenStack a user needs no role for what is the user's own.
  const own = mayCreate || !context.rackspace;
  if (!{ read: mayRead, create: mayCreate, change: mayChange, own, admin: isAdmin }[right]) {
    throw refuse.policy(policy);
  }
}

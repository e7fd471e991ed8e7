import { generatePassword } from '../compute/generate-password';
import type { Instance } from '../compute/instance';
import { createInstance, deleteInstance, type ServerSeed } from '../compute/lifecycle';
import { refuse } from '../compute/refusal';
import { statusOf } from '../compute/states';
import type { ComputeCall } from './call';
import { empty, json, readBody } from './json';
import { linksOf } from './links';
import type { Microversion } from './microversion';
import { type Schema, validate } from './schema';
import { basicServer, detailedServer } from './server-view';

/** Nova's `max_limit`: no list is longer. */
const LONGEST_LIST = 1000;

/** From microversion 2.37 on a server must say which networks it wants. */
const createSchema = (version: Microversion): Schema => ({
  type: 'object',
  required: ['server'],
  properties: {
    server: {
      type: 'object',
      required: ['name', 'flavorRef', ...(version >= 37 ? ['networks'] : [])],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 255 },
        imageRef: { type: 'string' },
        flavorRef: { type: ['string', 'integer'] },
        adminPass: { type: 'string' },
        metadata: { type: 'object' },
        key_name: { type: ['string', 'null'] },
        config_drive: { type: ['string', 'boolean', 'null'] },
      },
    },
  },
});

export function listServers(call: ComputeCall): Response {
  return list(call, (instance) => basicServer(call.context, instance), '/servers');
}

export function listServersInDetail(call: ComputeCall): Response {
  return list(
    call,
    (instance) => detailedServer(call.context, instance, { alone: false }),
    '/servers/detail',
  );
}

export function showServer(call: ComputeCall): Response {
  return json({ server: detailedServer(call.context, instanceOf(call), { alone: true }) });
}

export async function createServer({ context, request }: ComputeCall): Promise<Response> {
  const body = await readBody(request);
  validate(createSchema(context.version), body);
  const wanted = body['server'] as Record<string, unknown>;
  const seed = seedOf(wanted);
  if (seed.imageId === undefined) {
    throw refuse.badRequest('Invalid imageRef provided.');
  }
  const { compute, projectId, userId } = context;
  const adminPass = seed.adminPass ?? generatePassword(compute.random);
  const instance = createInstance(compute, { ...seed, adminPass, projectId, userId });
  const links = linksOf(context, `/servers/${instance.id}`);
  return json(
    {
      server: {
        id: instance.id,
        links,
        'OS-DCF:diskConfig': 'AUTO',
        security_groups: [{ name: 'default' }],
        ...(context.showPasswords && { adminPass }),
      },
    },
    202,
    { location: links[0]?.href ?? '' },
  );
}

export function deleteServer(call: ComputeCall): Response {
  deleteInstance(call.context.compute, instanceOf(call));
  return empty(204);
}

/** The server in the path. Of another project's server the API says that it does not exist. */
export function instanceOf({ context, parameters }: ComputeCall): Instance {
  const id = parameters['id'] ?? '';
  const instance = find(context.compute.instances.list(), id);
  if (instance === undefined || instance.projectId !== context.projectId) {
    // The text of the API of 2014 in the lenient dialect, of today's otherwise.
    throw refuse.notFound(context.lenient ? 'Server not found' : `Instance ${id} could not be found.`);
  }
  return instance;
}

function find(instances: readonly Instance[], id: string): Instance | undefined {
  return instances.find((instance) => instance.id === id);
}

function seedOf(wanted: Record<string, unknown>): Omit<ServerSeed, 'projectId' | 'userId' | 'adminPass'> & {
  adminPass: string | undefined;
} {
  const { name, imageRef, flavorRef, adminPass, metadata, key_name, config_drive } = wanted;
  return {
    name: (name as string).trim(),
    imageId: imageRef ? String(imageRef).split('/').at(-1) : undefined,
    flavorId: String(flavorRef).split('/').at(-1) ?? '',
    adminPass: adminPass as string | undefined,
    metadata: (metadata ?? {}) as Record<string, string>,
    keyName: (key_name ?? null) as string | null,
    configDrive: config_drive === true || /^(1|t|true|on|y|yes)$/i.test(String(config_drive ?? '')),
  };
}

function list(call: ComputeCall, view: (instance: Instance) => object, path: string): Response {
  const { context, url } = call;
  const matching = context.compute.instances
    .list()
    .filter((instance) => instance.projectId === context.projectId && matches(instance, url.searchParams));
  const marker = url.searchParams.get('marker');
  const start = marker === null ? 0 : matching.findIndex(({ id }) => id === marker) + 1;
  if (marker !== null && start === 0) {
    throw refuse.badRequest(`marker [${marker}] not found`);
  }
  const limit = limitOf(url.searchParams.get('limit'));
  const page = matching.slice(start, start + limit);
  const more = page.length > 0 && start + limit < matching.length;
  const next = new URLSearchParams(url.searchParams);
  next.set('marker', page.at(-1)?.id ?? '');
  return json({
    servers: page.map(view),
    ...(more && {
      servers_links: [{ rel: 'next', href: `${context.baseUrl}${context.versionPath}${path}?${next}` }],
    }),
  });
}

function limitOf(text: string | null): number {
  if (text === null) {
    return LONGEST_LIST;
  }
  if (!/^\d+$/.test(text)) {
    throw refuse.badRequest(`limit param must be an integer`);
  }
  return Math.min(Number(text), LONGEST_LIST);
}

/** `name` is a regular expression that may match anywhere, as in Nova; `status` and `image` are exact. */
function matches(instance: Instance, filters: URLSearchParams): boolean {
  const name = filters.get('name');
  const status = filters.get('status');
  const image = filters.get('image');
  return (
    (name === null || regularExpression(name).test(instance.name)) &&
    (status === null || statusOf(instance.vmState, instance.taskState) === status.toUpperCase()) &&
    (image === null || instance.imageId === image)
  );
}

function regularExpression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'i');
  } catch (cause) {
    throw refuse.badRequest(`Invalid input for query parameters name. Value: ${pattern}.`, { cause });
  }
}

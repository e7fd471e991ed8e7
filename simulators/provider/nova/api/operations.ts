import type { Microversion } from './microversion';
import type { Schema } from './schema/schema';
import { attachBody, metadataBody, metadataItemBody, remoteConsoleBody } from './schemas/actions';
import {
  keyPairBody,
  keyPairQuery,
  keyPairsQuery,
  limitsQuery,
  noBody,
  quotasQuery,
  serverGroupBody,
  serverGroupsQuery,
  tagsBody,
} from './schemas/projects';
import { actionsQuery, attachmentsQuery, flavorsQuery, serversQuery } from './schemas/queries';
import { createBody, updateBody } from './schemas/servers';

/** What the caller has to be in the project; `own`: it is about the user alone; `admin` is the operator of the cloud. */
export type Right = 'read' | 'create' | 'change' | 'own' | 'admin';

/** The schema of a microversion (0 for `/v2`); undefined: nothing is checked. */
export type SchemaOf = (version: Microversion) => Schema | undefined;

/** One call of the compute API. */
export interface Operation {
  /** The rule of Nova's policy that a 403 names, without `os_compute_api:`. */
  readonly policy: string;
  readonly right: Right;
  /** The first and the last microversion that has the call. */
  readonly since?: Microversion;
  readonly until?: Microversion;
  readonly body?: SchemaOf;
  readonly query?: SchemaOf;
  /** It also knows servers that are gone, from this microversion on. */
  readonly deletedSince?: Microversion;
}

const reads = (policy: string, more: Partial<Operation> = {}): Operation => ({
  policy,
  right: 'read',
  ...more,
});
const changes = (policy: string, more: Partial<Operation> = {}): Operation => ({
  policy,
  right: 'change',
  ...more,
});

/** The proxies of other services end here: from the next microversion on, programs ask those themselves. */
const LAST_PROXY = 35;

/** Every call that the compute face answers, below its version. */
export const OPERATIONS = {
  'GET /servers': reads('servers:index', { query: serversQuery }),
  'POST /servers': { policy: 'servers:create', right: 'create', body: createBody },
  'GET /servers/detail': reads('servers:detail', { query: serversQuery }),
  'GET /servers/{server}': reads('servers:show'),
  'PUT /servers/{server}': changes('servers:update', { body: updateBody }),
  'DELETE /servers/{server}': changes('servers:delete'),
  'POST /servers/{server}/remote-consoles': changes('os-remote-consoles', {
    since: 6,
    body: remoteConsoleBody,
  }),
  'GET /servers/{server}/ips': reads('ips:index'),
  'GET /servers/{server}/ips/{network}': reads('ips:show'),
  'GET /servers/{server}/metadata': reads('server-metadata:index'),
  'POST /servers/{server}/metadata': changes('server-metadata:create', { body: metadataBody }),
  'PUT /servers/{server}/metadata': changes('server-metadata:update_all', { body: metadataBody }),
  'GET /servers/{server}/metadata/{key}': reads('server-metadata:show'),
  'PUT /servers/{server}/metadata/{key}': changes('server-metadata:update', { body: metadataItemBody }),
  'DELETE /servers/{server}/metadata/{key}': changes('server-metadata:delete'),
  'GET /servers/{server}/os-server-password': reads('os-server-password:show'),
  'DELETE /servers/{server}/os-server-password': changes('os-server-password:clear'),
  'GET /servers/{server}/os-instance-actions': reads('os-instance-actions:list', {
    query: actionsQuery,
    deletedSince: 21,
  }),
  'GET /servers/{server}/os-instance-actions/{request}': reads('os-instance-actions:show', {
    deletedSince: 21,
  }),
  'GET /servers/{server}/os-volume_attachments': reads('os-volumes-attachments:index', {
    query: attachmentsQuery,
  }),
  'POST /servers/{server}/os-volume_attachments': {
    policy: 'os-volumes-attachments:create',
    right: 'create',
    body: attachBody,
  },
  'GET /servers/{server}/os-volume_attachments/{volume}': reads('os-volumes-attachments:show'),
  'DELETE /servers/{server}/os-volume_attachments/{volume}': changes('os-volumes-attachments:delete'),
  'GET /servers/{server}/os-interface': reads('os-attach-interfaces:list'),
  'POST /servers/{server}/os-interface': changes('os-attach-interfaces:create'),
  'DELETE /servers/{server}/os-interface/{port}': changes('os-attach-interfaces:delete'),
  'GET /servers/{server}/os-interface/{port}': reads('os-attach-interfaces:show'),
  'GET /servers/{server}/os-security-groups': reads('os-security-groups:list'),
  'GET /servers/{server}/tags': reads('os-server-tags:index', { since: 26 }),
  'PUT /servers/{server}/tags': changes('os-server-tags:update_all', { since: 26, body: tagsBody }),
  'DELETE /servers/{server}/tags': changes('os-server-tags:delete_all', { since: 26 }),
  'GET /servers/{server}/tags/{tag}': reads('os-server-tags:show', { since: 26 }),
  'PUT /servers/{server}/tags/{tag}': changes('os-server-tags:update', { since: 26, body: noBody }),
  'DELETE /servers/{server}/tags/{tag}': changes('os-server-tags:delete', { since: 26 }),
  'GET /servers/{server}/topology': reads('compute:server:topology:index', { since: 78 }),
  'GET /os-keypairs': reads('os-keypairs:index', { query: keyPairsQuery }),
  'POST /os-keypairs': { policy: 'os-keypairs:create', right: 'own', body: keyPairBody },
  'GET /os-keypairs/{keypair}': reads('os-keypairs:show', { query: keyPairQuery }),
  'DELETE /os-keypairs/{keypair}': { policy: 'os-keypairs:delete', right: 'own', query: keyPairQuery },
  'GET /os-server-groups': reads('os-server-groups:index', { query: serverGroupsQuery }),
  'POST /os-server-groups': changes('os-server-groups:create', { body: serverGroupBody }),
  'GET /os-server-groups/{group}': reads('os-server-groups:show'),
  'DELETE /os-server-groups/{group}': changes('os-server-groups:delete'),
  'GET /os-security-groups': reads('os-security-groups:get', { until: LAST_PROXY }),
  'POST /os-security-groups': changes('os-security-groups:create', { until: LAST_PROXY }),
  'GET /os-security-groups/{group}': reads('os-security-groups:show', { until: LAST_PROXY }),
  'PUT /os-security-groups/{group}': changes('os-security-groups:update', { until: LAST_PROXY }),
  'DELETE /os-security-groups/{group}': changes('os-security-groups:delete', { until: LAST_PROXY }),
  'GET /limits': reads('limits', { query: limitsQuery }),
  'GET /os-quota-sets/{tenant}': reads('os-quota-sets:show', { query: quotasQuery }),
  'GET /os-quota-sets/{tenant}/detail': reads('os-quota-sets:detail', { query: quotasQuery }),
  'GET /os-quota-sets/{tenant}/defaults': reads('os-quota-sets:defaults'),
  'GET /os-availability-zone': reads('os-availability-zone:list'),
  'GET /flavors': reads('flavors', { query: flavorsQuery }),
  'GET /flavors/detail': reads('flavors', { query: flavorsQuery }),
  'GET /flavors/{flavor}': reads('flavors'),
  'GET /flavors/{flavor}/os-extra_specs': reads('os-flavor-extra-specs:index'),
  'GET /flavors/{flavor}/os-extra_specs/{key}': reads('os-flavor-extra-specs:show'),
  'GET /images': reads('images', { until: LAST_PROXY }),
  'GET /images/detail': reads('images', { until: LAST_PROXY }),
  'GET /images/{image}': reads('images', { until: LAST_PROXY }),
  'DELETE /images/{image}': changes('images', { until: LAST_PROXY }),
  'GET /os-networks': reads('os-networks:list', { until: LAST_PROXY }),
  'GET /os-networks/{network}': reads('os-networks:show', { until: LAST_PROXY }),
  'GET /os-tenant-networks': reads('os-tenant-networks:list', { until: LAST_PROXY }),
  'GET /os-tenant-networks/{network}': reads('os-tenant-networks:show', { until: LAST_PROXY }),
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Method and path of an operation's name. */
export function operationParts(name: string): { readonly method: Method; readonly path: string } {
  const [method = '', path = ''] = name.split(' ');
  return { method: method as Method, path };
}

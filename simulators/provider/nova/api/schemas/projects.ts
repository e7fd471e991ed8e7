import type { Microversion } from '../microversion';
import { NAME, NOT_NEGATIVE, POSITIVE, SPACED_NAME, TAG, TEXT } from '../schema/parts';
import { object, parameter, type Schema, wrapped } from '../schema/schema';
import { MOST_TAGS } from '../server-tags';

/** Bodies and queries of what a user or a project has beside servers; nova/api/openstack/compute/schemas. */

const text = parameter(TEXT);
const number = parameter(NOT_NEGATIVE);

/** A query with these parameters; from 2.75 on with no others. */
const query =
  (properties: (version: Microversion) => Readonly<Record<string, Schema>>) =>
  (version: Microversion): Schema => ({
    type: 'object',
    properties: properties(version),
    additionalProperties: version < 75,
  });

const KEY_NAME: Schema = {
  allOf: [NAME, { type: 'string', minLength: 1, maxLength: 255, format: 'key pair name' }],
};

export const keyPairBody = (version: Microversion): Schema =>
  wrapped(
    'keypair',
    object(
      {
        name: version === 0 ? SPACED_NAME : KEY_NAME,
        ...(version >= 2 && { type: { type: 'string', enum: ['ssh', 'x509'] } }),
        public_key: TEXT,
        ...(version >= 10 && { user_id: TEXT }),
      },
      ['name'],
    ),
  );

const otherUser = (version: Microversion) => (version >= 10 ? { user_id: text } : {});
export const keyPairQuery = query(otherUser);
export const keyPairsQuery = query((version) => ({
  ...otherUser(version),
  ...(version >= 35 && { limit: number, marker: text }),
}));

const POLICIES = ['anti-affinity', 'affinity'];
const SOFT_POLICIES = ['soft-anti-affinity', 'soft-affinity'];

export function serverGroupBody(version: Microversion): Schema {
  const policy: Schema = { type: 'string', enum: [...POLICIES, ...(version >= 15 ? SOFT_POLICIES : [])] };
  return wrapped(
    'server_group',
    version >= 64
      ? object({ name: NAME, policy, rules: object({ max_server_per_host: POSITIVE }) }, ['name', 'policy'])
      : object(
          {
            name: NAME,
            policies: { type: 'array', items: policy, uniqueItems: true, minItems: 1, maxItems: 1 },
          },
          ['name', 'policies'],
        ),
  );
}

export const serverGroupsQuery = query(() => ({ all_projects: text, limit: number, offset: number }));
export const limitsQuery = query(() => ({ tenant_id: text }));
export const quotasQuery = query(() => ({ user_id: text }));

export const tagsBody = (): Schema =>
  object({ tags: { type: 'array', items: TAG, maxItems: MOST_TAGS } }, ['tags']);
/** A tag is put without a body. */
export const noBody = (): Schema => ({ type: 'null' });

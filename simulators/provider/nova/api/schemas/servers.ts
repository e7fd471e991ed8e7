import type { Microversion } from '../microversion';
import {
  BOOLEAN,
  CERTIFICATES,
  DESCRIPTION,
  DISK_CONFIG,
  FULL_HOST_NAME,
  HOST_NAME,
  IP_ADDRESS,
  IPV4,
  IPV6,
  METADATA,
  NAME,
  NAME_OR_NONE,
  PERSONALITY,
  POSITIVE,
  SPACED_NAME,
  TAG,
  TEXT,
  USER_DATA,
  USER_DATA_OR_NONE,
  UUID,
  VOLUME_SIZE,
} from '../schema/parts';
import { object, type Schema, wrapped } from '../schema/schema';

/** Bodies about a whole server; nova/api/openstack/compute/schemas/servers.py. Version 0 is that of `/v2`. */

const FLAVOR: Schema = { type: ['string', 'integer'], minLength: 1 };
const IMAGE_OR_NOTHING: Schema = { oneOf: [UUID, { type: 'string', maxLength: 0 }] };
const UUID_OR_NONE: Schema = { oneOf: [UUID, { type: 'null' }] };
const short = (maxLength = 255): Schema => ({ type: 'string', maxLength });

const LEGACY_DEVICE = {
  virtual_name: short(),
  volume_id: UUID,
  snapshot_id: UUID,
  volume_size: VOLUME_SIZE,
  device_name: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9._-r/]*$' },
  delete_on_termination: BOOLEAN,
  no_device: {},
  connection_info: short(16_777_215),
} as const satisfies Readonly<Record<string, Schema>>;

const deviceOf = (version: Microversion): Schema =>
  object({
    ...LEGACY_DEVICE,
    source_type: { type: 'string', enum: ['volume', 'image', 'snapshot', 'blank'] },
    uuid: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9._-]*$' },
    image_id: UUID,
    destination_type: { type: 'string', enum: ['local', 'volume'] },
    guest_format: short(),
    device_type: short(),
    disk_bus: short(),
    boot_index: { type: ['integer', 'string', 'null'], pattern: '^-?[0-9]+$' },
    ...((version === 32 || version >= 42) && { tag: TAG }),
    ...(version >= 67 && { volume_type: { type: ['string', 'null'], minLength: 0, maxLength: 255 } }),
  });

function networksOf(version: Microversion): Schema {
  const tagged = version >= 42 || (version >= 32 && version < 37);
  const list: Schema = {
    type: 'array',
    items: object({
      fixed_ip: IP_ADDRESS,
      port: UUID_OR_NONE,
      uuid: version >= 37 ? UUID : TEXT,
      ...(tagged && { tag: TAG }),
    }),
  };
  return version < 37 ? list : { oneOf: [list, { type: 'string', enum: ['none', 'auto'] }] };
}

const HINTS: Schema = {
  type: 'object',
  properties: {
    group: UUID,
    same_host: { type: ['string', 'array'], items: UUID },
    different_cell: { type: ['string', 'array'], items: TEXT },
    query: { type: ['string', 'object'] },
    target_cell: NAME,
    build_near_host_ip: IP_ADDRESS,
    cidr: { type: 'string', pattern: '^/[0-9a-f.:]+$' },
  },
  additionalProperties: true,
};

/** `POST /servers`. From 2.37 on a server must say which networks it wants. */
export function createBody(version: Microversion): Schema {
  const name = version === 0 ? SPACED_NAME : NAME;
  const server = object(
    {
      name,
      imageRef: IMAGE_OR_NOTHING,
      flavorRef: FLAVOR,
      adminPass: TEXT,
      metadata: METADATA,
      networks: networksOf(version),
      'OS-DCF:diskConfig': DISK_CONFIG,
      accessIPv4: IPV4,
      accessIPv6: IPV6,
      ...(version < 57 && { personality: PERSONALITY }),
      availability_zone: name,
      block_device_mapping: { type: 'array', items: object(LEGACY_DEVICE) },
      block_device_mapping_v2: { type: 'array', items: deviceOf(version) },
      config_drive: BOOLEAN,
      key_name: name,
      min_count: POSITIVE,
      max_count: POSITIVE,
      return_reservation_id: BOOLEAN,
      security_groups: { type: 'array', items: object({ name }) },
      user_data: version === 0 ? USER_DATA_OR_NONE : USER_DATA,
      ...(version >= 19 && { description: DESCRIPTION }),
      ...(version >= 52 && { tags: { type: 'array', items: TAG, maxItems: 50 } }),
      ...(version >= 63 && { trusted_image_certificates: CERTIFICATES }),
      ...(version >= 74 && { host: FULL_HOST_NAME, hypervisor_hostname: FULL_HOST_NAME }),
      ...(version >= 90 && { hostname: HOST_NAME }),
    },
    ['name', 'flavorRef', ...(version >= 37 ? ['networks'] : [])],
  );
  return object({ server, 'os:scheduler_hints': HINTS, 'OS-SCH-HNT:scheduler_hints': HINTS }, ['server']);
}

/** `PUT /servers/{id}` */
export function updateBody(version: Microversion): Schema {
  return wrapped(
    'server',
    object({
      name: version === 0 ? SPACED_NAME : NAME,
      'OS-DCF:diskConfig': DISK_CONFIG,
      accessIPv4: IPV4,
      accessIPv6: IPV6,
      ...(version >= 19 && { description: DESCRIPTION }),
      ...(version >= 90 && { hostname: HOST_NAME }),
    }),
  );
}

export function rebuildBody(version: Microversion): Schema {
  return wrapped(
    'rebuild',
    object(
      {
        name: version === 0 ? SPACED_NAME : NAME,
        imageRef: UUID,
        adminPass: TEXT,
        metadata: METADATA,
        preserve_ephemeral: BOOLEAN,
        'OS-DCF:diskConfig': DISK_CONFIG,
        accessIPv4: IPV4,
        accessIPv6: IPV6,
        ...(version < 57 && { personality: PERSONALITY }),
        ...(version >= 19 && { description: DESCRIPTION }),
        ...(version >= 54 && { key_name: NAME_OR_NONE }),
        ...(version >= 57 && { user_data: USER_DATA_OR_NONE }),
        ...(version >= 63 && { trusted_image_certificates: CERTIFICATES }),
        ...(version >= 90 && { hostname: HOST_NAME }),
      },
      ['imageRef'],
    ),
  );
}

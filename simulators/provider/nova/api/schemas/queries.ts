import type { Microversion } from '../microversion';
import { NOT_NEGATIVE, TEXT } from '../schema/parts';
import { parameter, type Schema } from '../schema/schema';

/** Query parameters of lists. From 2.75 on one that is not known is refused; before, it was passed over. */

const text = parameter(TEXT);
const regex = parameter({ type: 'string', format: 'regex' });
const time = parameter({ type: 'string', format: 'date-time' });
const PAGES = { limit: parameter(NOT_NEGATIVE), marker: text };

const each = (names: string, schema: Schema): Record<string, Schema> =>
  Object.fromEntries(names.split(' ').map((name) => [name, schema]));

/** Columns that a list may name to be sorted by and that do nothing. */
export const IGNORED_SORT_KEYS =
  'architecture cell_name cleaned default_ephemeral_device default_swap_device deleted deleted_at disable_terminate ephemeral_gb ephemeral_key_uuid id key_data launched_on locked memory_mb os_type reservation_id root_gb shutdown_terminate user_data vcpus vm_mode'.split(
    ' ',
  );
const SORT_KEYS =
  'access_ip_v4 access_ip_v6 auto_disk_config availability_zone config_drive created_at display_description display_name host hostname image_ref instance_type_id kernel_id key_name launch_index launched_at locked_by node power_state progress project_id ramdisk_id root_device_name task_state terminated_at updated_at user_id uuid vm_state'.split(
    ' ',
  );

/** Tables that a filter must not reach into. */
export const JOINED_TABLES =
  'block_device_mapping services metadata system_metadata info_cache security_groups pci_devices'.split(' ');

export function serversQuery(version: Microversion): Schema {
  const sortKeys = version >= 75 ? ['locked', ...SORT_KEYS] : [...SORT_KEYS, ...IGNORED_SORT_KEYS];
  return {
    type: 'object',
    properties: {
      ...each(
        'user_id project_id tenant_id launch_index image_ref image vm_state task_state host uuid sort_dir all_tenants soft_deleted deleted status',
        text,
      ),
      ...each(
        'kernel_id ramdisk_id hostname key_name power_state node flavor reservation_id launched_at terminated_at availability_zone name display_name description display_description locked_by root_device_name config_drive access_ip_v4 access_ip_v6 auto_disk_config progress ip ip6 created_at',
        regex,
      ),
      sort_key: parameter({ type: 'string', enum: sortKeys }),
      'changes-since': time,
      ...each(JOINED_TABLES.join(' '), text),
      ...PAGES,
      ...(version >= 26 && each('tags tags-any not-tags not-tags-any', regex)),
      ...(version >= 66 && { 'changes-before': time }),
      ...(version >= 73 && { locked: text }),
    },
    patternProperties: { '^_': text },
    additionalProperties: version < 75,
  };
}

export function flavorsQuery(version: Microversion): Schema {
  const sortKeys =
    'created_at description disabled ephemeral_gb flavorid id is_public memory_mb name root_gb rxtx_factor swap updated_at vcpu_weight vcpus';
  return {
    type: 'object',
    properties: {
      ...PAGES,
      ...each('is_public minRam minDisk', text),
      sort_key: parameter({ type: 'string', enum: sortKeys.split(' ') }),
      sort_dir: parameter({ type: 'string', enum: ['asc', 'desc'] }),
    },
    additionalProperties: version < 75,
  };
}

export function attachmentsQuery(version: Microversion): Schema {
  const number = parameter(NOT_NEGATIVE);
  return {
    type: 'object',
    properties: { limit: number, offset: number },
    additionalProperties: version < 75,
  };
}

const once = (schema: Schema): Schema => ({ ...schema, maxItems: 1 });

/** Before 2.58 the actions of a server come all at once, and the query does not matter. */
export function actionsQuery(version: Microversion): Schema | undefined {
  return version < 58
    ? undefined
    : {
        type: 'object',
        properties: {
          limit: once(PAGES.limit),
          marker: once(PAGES.marker),
          'changes-since': once(time),
          ...(version >= 66 && { 'changes-before': once(time) }),
        },
        additionalProperties: false,
      };
}

import type { Instance } from '../compute/instance';
import { refuse } from '../compute/refusal';
import type { ComputeCall } from './call';
import { IGNORED_SORT_KEYS } from './schemas/queries';

type Value = string | number | boolean | null;

/** What a server is compared by, under the names of the database's columns. */
const COLUMNS: Readonly<Record<string, (instance: Instance) => Value>> = {
  created_at: ({ created }) => created,
  updated_at: ({ updated }) => updated,
  launched_at: ({ launchedAt }) => launchedAt,
  terminated_at: ({ terminatedAt }) => terminatedAt,
  display_name: ({ name }) => name,
  display_description: ({ description }) => description,
  hostname: ({ hostname }) => hostname,
  uuid: ({ id }) => id,
  user_id: ({ userId }) => userId,
  project_id: ({ projectId }) => projectId,
  image_ref: ({ imageId }) => imageId ?? '',
  key_name: ({ keyName }) => keyName,
  vm_state: ({ vmState }) => vmState,
  task_state: ({ taskState }) => taskState,
  power_state: ({ powerState }) => powerState,
  availability_zone: ({ availabilityZone }) => availabilityZone,
  config_drive: ({ configDrive }) => configDrive,
  access_ip_v4: ({ accessIPv4 }) => accessIPv4,
  access_ip_v6: ({ accessIPv6 }) => accessIPv6,
  locked: ({ lockedBy }) => lockedBy !== null,
  locked_by: ({ lockedBy }) => lockedBy,
};

/** Servers by the query's `sort_key` and `sort_dir`; the newest first where it has none. The id decides at last. */
export function sorted({ context, query }: ComputeCall, instances: readonly Instance[]): Instance[] {
  const directions = [...(query['sort_dir'] ?? [])];
  const asked = (query['sort_key'] ?? []).map((key) => key.trim());
  const keys = asked.filter((key) => !isIgnored(key, context.version));
  for (const key of keys) {
    if ((key === 'host' || key === 'node') && !context.caller.isAdmin) {
      throw refuse.forbidden(`Only administrators can sort servers by ${key}`);
    }
  }
  const wanted = [...(asked.length === 0 ? ['created_at'] : keys), 'uuid'];
  return [...instances].sort((one, other) => {
    for (const [index, key] of wanted.entries()) {
      const column = COLUMNS[key];
      const down = (directions[Math.min(index, directions.length - 1)] ?? 'desc') === 'desc';
      const order = column === undefined ? 0 : compare(column(one), column(other));
      if (order !== 0) {
        return down ? -order : order;
      }
    }
    return 0;
  });
}

function isIgnored(key: string, version: number): boolean {
  return IGNORED_SORT_KEYS.includes(key) && !(key === 'locked' && version >= 73);
}

function compare(one: Value, other: Value): number {
  if (one === other) {
    return 0;
  }
  if (one === null || other === null) {
    return one === null ? -1 : 1;
  }
  return one < other ? -1 : 1;
}

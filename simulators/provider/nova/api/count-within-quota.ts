import { refuse } from '../compute/refusal';
import type { NovaFlavor } from '../flavor';
import type { ComputeCall } from './call';
import { LIMITS, usedBy } from './limits';

export interface WantedCount {
  readonly least: number;
  readonly most: number;
}

/** In the order of their names, as the message has them. */
const RESOURCES = ['cores', 'instances', 'ram'] as const;

/**
 * As many servers as are wanted and the project's quota still has room for. Throws a refusal where that is less than the
 * least number. Source: nova/compute/utils.py `check_num_instances_quota`.
 */
export function countWithinQuota(
  call: ComputeCall,
  flavor: NovaFlavor,
  { least, most }: WantedCount,
): number {
  const used = usedBy(call, call.context.caller.projectId);
  const each = { cores: flavor.vcpus, instances: 1, ram: flavor.ram };
  const headroom = (name: (typeof RESOURCES)[number]) => LIMITS[name] - (used[name] ?? 0);
  const count = RESOURCES.reduce(
    (count, name) => Math.min(count, Math.floor(headroom(name) / each[name])),
    most,
  );
  if (count >= least) {
    return count;
  }
  const overs = RESOURCES.filter((name) => headroom(name) < each[name] * most);
  const told = (value: (name: (typeof RESOURCES)[number]) => number | string) => overs.map(value).join(', ');
  const instances = least === most ? least : `${least}-${most}`;
  const requested = told((name) => (name === 'instances' ? instances : each[name] * most));
  const names = told((name) => name);
  throw refuse.forbidden(
    `Quota exceeded for ${names}: Requested ${requested}, but already used ${told((name) => used[name] ?? 0)} of ` +
      `${told((name) => LIMITS[name])} ${names}`,
  );
}

import type { Hive } from '../regf';
import { CLASSIC_FIREWALL_SERVICE, classicInboundPolicy } from './classic-firewall';
import { inboundPolicy } from './inbound-policy';
import { findService } from './services';

/** The firewall that a Windows has. */
export interface Firewall {
  /** Name of its service, lower case. */
  readonly service: string;
  readonly policy: typeof inboundPolicy;
}

/** Windows Vista and later have MpsSvc with rules; before there was SharedAccess with exceptions. */
export function firewallOf(system: Hive): Firewall {
  return findService(system, 'MpsSvc') === undefined
    ? { service: CLASSIC_FIREWALL_SERVICE.toLowerCase(), policy: classicInboundPolicy }
    : { service: 'mpssvc', policy: inboundPolicy };
}

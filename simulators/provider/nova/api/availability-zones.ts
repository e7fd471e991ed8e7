import { refuse } from '../compute/refusal';
import type { ComputeCall } from './call';
import { json } from './json';

/** The one zone, `[DEFAULT] default_availability_zone` of nova.conf. */
export const ZONE = 'nova';

/** `GET /os-availability-zone`: only the operator sees the hosts. */
export function listZones(_call: ComputeCall): Response {
  return json({
    availabilityZoneInfo: [{ zoneName: ZONE, zoneState: { available: true }, hosts: null }],
  });
}

export function refuseUnknownZone(zone: string | undefined): void {
  if (zone !== undefined && zone !== ZONE) {
    throw refuse.badRequest('The requested availability zone is not available');
  }
}

import { addService } from '../add-service';
import type { CloudFace } from '../cloud-face';
import type { Identity } from '../identity/identity';
import { neutronError } from './errors';
import { type NetworkStores, networkOperations } from './operations';

/** Adds the networking API v2.0 to the cloud's face. */
export function addNeutron(
  face: CloudFace,
  identity: Identity,
  stores: NetworkStores,
  requestId: () => string,
): void {
  addService(face, identity, {
    name: 'network',
    product: 'neutron',
    stores,
    operations: networkOperations,
    open: [
      { path: '', answer: (origin) => Response.json({ versions: [version(origin)] }) },
      { path: '/v2.0', answer: resources },
    ],
    requestId,
    unauthenticated: 'The request you have made requires authentication.',
    forbidden: (policy) => `rule:${policy} is disallowed by policy`,
    refuse: neutronError,
  });
}

function version(origin: string) {
  const links = [{ rel: 'self', href: `${origin}/network/v2.0/` }];
  return { id: 'v2.0', status: 'CURRENT', links };
}

/** `GET /network/v2.0`: what there is below it. */
function resources(origin: string): Response {
  const names = ['subnets', 'networks', 'ports', 'security-groups', 'security-group-rules', 'extensions'];
  return Response.json({
    resources: names.map((name) => ({
      name: name.replace(/s$/, ''),
      collection: name,
      links: [{ rel: 'self', href: `${origin}/network/v2.0/${name}` }],
    })),
  });
}

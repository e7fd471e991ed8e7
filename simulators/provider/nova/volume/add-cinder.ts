import { addService } from '../add-service';
import type { CloudFace } from '../cloud-face';
import type { Identity } from '../identity/identity';
import type { VolumeStores } from './call';
import { cinderError } from './errors';
import { volumeVersion } from './microversion';
import { volumeOperations } from './operations';

/** Adds the block storage API v3 to the cloud's face. */
export function addCinder(
  face: CloudFace,
  identity: Identity,
  stores: VolumeStores,
  requestId: () => string,
): void {
  addService(face, identity, {
    name: 'volume',
    product: 'cbs',
    stores,
    operations: volumeOperations,
    open: [
      {
        path: '',
        answer: (origin) => Response.json({ versions: [volumeVersion(origin)] }, { status: 300 }),
      },
      { path: '/v3', answer: (origin) => Response.json({ versions: [volumeVersion(origin)] }) },
    ],
    requestId,
    unauthenticated: 'The request you have made requires authentication.',
    forbidden: (policy) => `Policy doesn't allow ${policy} to be performed.`,
    refuse: cinderError,
  });
}

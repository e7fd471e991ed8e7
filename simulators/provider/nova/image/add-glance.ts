import { addService } from '../add-service';
import type { CloudFace } from '../cloud-face';
import type { Identity } from '../identity/identity';
import { glanceError } from './errors';
import type { ImageStores } from './image';
import { imageOperations } from './operations';
import { versionsDocument } from './versions';

/** Adds the image API v2 to the cloud's face. */
export function addGlance(
  face: CloudFace,
  identity: Identity,
  stores: ImageStores,
  requestId: () => string,
): void {
  const versions = (origin: string) => versionsDocument(origin);
  addService(face, identity, {
    name: 'image',
    product: 'cloudimages',
    stores,
    operations: imageOperations,
    open: [
      { path: '', answer: versions },
      { path: '/versions', answer: versions },
    ],
    requestId,
    unauthenticated:
      'This server could not verify that you are authorized to access the document you requested. Either you supplied the wrong credentials (e.g., bad password), or your browser does not understand how to supply the credentials required.',
    forbidden: (policy) => `You are not authorized to complete ${policy} action.`,
    refuse: glanceError,
  });
}

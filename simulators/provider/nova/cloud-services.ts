import { addCompute } from './api/add-compute';
import type { ComputeSettings } from './api/call';
import type { CloudFace } from './cloud-face';
import type { Identity } from './identity/identity';
import { addKeystone } from './identity/keystone/add-keystone';
import { addRackspaceIdentity } from './identity/rackspace/add-rackspace-identity';
import { addGlance } from './image/add-glance';
import { addNeutron } from './network/add-neutron';
import type { NetworkStore } from './network/network-store';
import { addCinder } from './volume/add-cinder';
import type { VolumeStore } from './volume/volume-store';

/** What the services beside the compute service keep. */
export interface CloudStores {
  readonly networks: NetworkStore;
  readonly volumes: VolumeStore;
}

/** Adds every service of the cloud to its face. */
export function addServices(
  face: CloudFace,
  identity: Identity,
  settings: ComputeSettings,
  { networks, volumes }: CloudStores,
): void {
  const { clock, images, instances, random } = settings.compute;
  const ids = random.stream('request ids');
  const requestId = () => `req-${ids.uuid()}`;
  if (identity.rackspace) {
    addRackspaceIdentity(face, identity);
  } else {
    addKeystone(face, identity, requestId);
  }
  addCompute(face, identity, settings);
  addGlance(face, identity, { images, clock }, requestId);
  addNeutron(face, identity, { networks, instances }, requestId);
  addCinder(face, identity, { volumes, images, clock, random: random.stream('volumes') }, requestId);
}

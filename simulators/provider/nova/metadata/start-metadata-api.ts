import { type HandlerServer, type HttpExchange, logged, serveHandlers } from '../../http';
import type { Compute } from '../compute/compute';
import type { Instance } from '../compute/instance';
import type { MetadataAccess } from './answer';
import { configDriveDocuments } from './documents';
import { metadataApi } from './metadata-api';
import type { MetadataSources } from './sources';

export interface CloudMetadata extends AsyncDisposable {
  /** Where Neutron's proxies hand requests on to: `http://host:port`. */
  readonly url: string;
  readonly sharedSecret: string;
  /** What an instance gets over HTTP. */
  accessOf(instance: Instance): MetadataAccess;
  /** The files of an instance's config drive; the password is on no other. */
  configDriveOf(instance: Instance, adminPass: string): ReadonlyMap<string, string | Uint8Array>;
  respond(request: Request): Promise<Response>;
}

/** Starts the metadata API of a cloud on an address of its own, as real ones have it on port 8775. */
export async function startMetadataApi(
  compute: Compute,
  log: (exchange: HttpExchange) => void,
): Promise<CloudMetadata> {
  const { clock, instances, flavors, networks } = compute;
  const random = compute.random.stream('metadata');
  const sharedSecret = random.uuid();
  const sourcesOf = (instance: Instance): MetadataSources => ({
    instance,
    flavorName: flavors.find(({ id }) => id === instance.flavorId)?.name ?? '',
    networks,
    random,
  });
  const accessOf = (instance: Instance): MetadataAccess => ({
    sources: sourcesOf(instance),
    keepPassword: (encryptedPassword) => instances.update(instance, { encryptedPassword }),
    now: clock.now(),
  });
  const respond = logged(
    'metadata',
    log,
    metadataApi({
      sharedSecret,
      accessOf: (id, projectId) => {
        const instance = instances.list().find((one) => one.id === id);
        return instance?.projectId === projectId ? accessOf(instance) : undefined;
      },
    }),
  );
  const server: HandlerServer = await serveHandlers(respond, {});
  return {
    url: server.url ?? '',
    sharedSecret,
    accessOf,
    configDriveOf: (instance, adminPass) => configDriveDocuments(sourcesOf(instance), adminPass),
    respond,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

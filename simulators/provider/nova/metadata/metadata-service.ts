import type { Clock } from '../../clock';
import { Events } from '../../events';
import { type HttpExchange, logged, serveHandlers } from '../../http';
import { answerMetadata, type MetadataAccess } from './answer';

/** What the service tells of itself. */
interface MetadataEvents {
  /** The guest asked for its metadata. `settled`: it says that nothing more will start in it by itself. */
  readonly asked: { readonly answered: boolean; readonly settled: boolean };
}

export interface MetadataService extends AsyncDisposable {
  readonly events: Events<MetadataEvents>;
  /** The guest is told to ask again later (503) until the returned handle is disposed of. */
  hold(): Disposable;
}

export interface MetadataOptions {
  readonly clock: Clock;
  /** Undefined as long as the instance is not known. */
  readonly access: () => MetadataAccess | undefined;
  /** The unix socket to listen on: the guest's network leads there. */
  readonly socketPath: string;
  readonly log?: (exchange: HttpExchange) => void;
}

/** By this document guests learn who they are, before they do anything else. */
const WHO_AM_I = /^\/openstack\/[^/]+\/meta_data\.json$/;

/**
 * The metadata service as one instance reaches it, which needs no signature: its network leads there. It never holds
 * a password, which stands on the config drive only (facts: nova 2.8). Its `Date` header is the lab's time, by which
 * a guest sets its clock.
 */
export async function startMetadataService(options: MetadataOptions): Promise<MetadataService> {
  const { clock, access, socketPath, log = () => undefined } = options;
  const events = new Events<MetadataEvents>();
  let holds = 0;
  const answer = logged('metadata', log, async (request) => {
    const url = new URL(request.url);
    const owner = holds > 0 ? undefined : access();
    const response = owner ? await answerMetadata(request, owner) : new Response(null, { status: 503 });
    if (WHO_AM_I.test(url.pathname) && (response.status === 200 || owner === undefined)) {
      events.emit('asked', { answered: owner !== undefined, settled: url.searchParams.has('settled') });
    }
    response.headers.set('date', new Date(clock.now()).toUTCString());
    return response;
  });
  const server = await serveHandlers(answer, { path: socketPath });
  return {
    events,
    hold() {
      holds += 1;
      return {
        [Symbol.dispose]: () => {
          holds -= 1;
        },
      };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

import { http } from 'msw';
import type { Clock } from '../../clock';
import { Events } from '../../events';
import { type HttpExchange, logged, Router, serveHandlers } from '../../http';
import type { Instance } from '../compute/instance';

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
  readonly instance: () => Instance | undefined;
  /** The unix socket to listen on: the guest's network leads there. */
  readonly socketPath: string;
  readonly log?: (exchange: HttpExchange) => void;
}

/** Versions of the document; guests ask for the newest by `latest` (Nova's api/metadata). */
const VERSIONS = ['2018-08-27', 'latest'];

/**
 * The metadata service of one instance: `/openstack/<version>/meta_data.json`. It never holds a password, which stands
 * on the config drive only (facts: nova 2.8). Its `Date` header is the lab's time, by which a guest sets its clock.
 */
export async function startMetadataService(options: MetadataOptions): Promise<MetadataService> {
  const { clock, instance, socketPath, log = () => undefined } = options;
  const events = new Events<MetadataEvents>();
  let holds = 0;
  const router = new Router()
    .get('/openstack', () => new Response(`${VERSIONS.join('\n')}\n`))
    .get('/openstack/{version}/meta_data.json', ({ url, parameters }) => {
      if (!VERSIONS.includes(parameters['version'] ?? '')) return new Response(null, { status: 404 });
      const owner = holds > 0 ? undefined : instance();
      events.emit('asked', { answered: owner !== undefined, settled: url.searchParams.has('settled') });
      if (!owner) return new Response(null, { status: 503 });
      return Response.json({
        uuid: owner.id,
        name: owner.name,
        hostname: owner.name,
        project_id: owner.projectId,
        launch_index: 0,
        availability_zone: 'nova',
        meta: owner.metadata,
      });
    });
  const answer = logged('metadata', log, async (request) => {
    const url = new URL(request.url);
    const match = router.match(request.method, url.pathname);
    const response =
      match.kind === 'found'
        ? await match.route({ request, url, parameters: match.parameters, context: undefined })
        : new Response(null, { status: 404 });
    response.headers.set('date', new Date(clock.now()).toUTCString());
    return response;
  });
  const server = await serveHandlers([http.all('*', ({ request }) => answer(request))], { path: socketPath });
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

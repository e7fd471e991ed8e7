import { HttpResponse, http, type RequestHandler } from 'msw';
import { type HttpExchange, logged } from '../http';
import type { ComputeSettings } from './api/call';
import { answerCompute } from './api/compute-face';
import type { Identity } from './identity/identity';
import { answerKeystoneV3 } from './identity/keystone-v3';
import { answerRackspaceV2 } from './identity/rackspace-v2';
import { answerGlance } from './image/glance';
import { locate } from './services';

/** The cloud's whole HTTP face: one handler for everything, with the services told apart by the first folder. */
export function novaHandlers(
  identity: Identity,
  settings: ComputeSettings,
  log: (exchange: HttpExchange) => void,
): RequestHandler[] {
  const answerLogged = logged('nova', log, (request) => answer(identity, settings, request));
  return [http.all('*', ({ request }) => answerLogged(request))];
}

async function answer(identity: Identity, settings: ComputeSettings, request: Request): Promise<Response> {
  const { service, path, services } = locate(new URL(request.url));
  switch (service) {
    case 'identity':
      return settings.rackspace
        ? answerRackspaceV2(identity, request, path, services)
        : answerKeystoneV3(identity, request, path);
    case 'compute':
      return answerCompute(identity, settings, request, path, services.compute);
    case 'image': {
      const authenticated = identity.tokens.get(request.headers.get('x-auth-token'))?.scoped === true;
      const { projectId } = identity.account;
      return answerGlance(settings.compute.images, request, path, { authenticated, projectId });
    }
    default:
      return HttpResponse.text('The services are at /identity, /compute and /image.\n', { status: 404 });
  }
}

import type { CloudFace, CloudService } from './cloud-face';
import { Refusal } from './compute/refusal';
import { type Caller, callerOf, type Product } from './identity/caller';
import type { Identity } from './identity/identity';

/** One call of a service beside the compute and identity services. */
export interface ServiceCall<Stores> {
  readonly request: Request;
  readonly url: URL;
  /** The decoded placeholders of the operation's path. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly caller: Caller;
  readonly stores: Stores;
}

/** One row of a service's table. */
export interface Operation<Stores> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the service's address. */
  readonly path: string;
  /** What the caller has to be allowed in the project. */
  readonly right: 'read' | 'create' | 'change';
  /** The rule of the service's policy that a 403 names. */
  readonly policy: string;
  readonly answer: (call: ServiceCall<Stores>) => Promise<Response> | Response;
}

/** A service of the cloud: its table, and how it words what it refuses. */
export interface Service<Stores> {
  readonly name: CloudService;
  readonly product: Product;
  readonly stores: Stores;
  readonly operations: readonly Operation<Stores>[];
  /** Documents about the service itself, which need no token. */
  readonly open: readonly { readonly path: string; readonly answer: (origin: string) => Response }[];
  readonly requestId: () => string;
  /** The text of a 401, and of a 403. */
  readonly unauthenticated: string;
  readonly forbidden: (policy: string) => string;
  readonly refuse: (refusal: Refusal, request: Request) => Response;
}

/** Adds every row of a service's table to the cloud's face: who calls, whether they may, and then what it does. */
export function addService<Stores>(face: CloudFace, identity: Identity, service: Service<Stores>): void {
  const { name, product, stores, refuse, requestId } = service;
  const answered = async (request: Request, answer: () => Promise<Response> | Response) => {
    let response: Response;
    try {
      response = await answer();
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      response = refuse(error, request);
    }
    response.headers.set('x-openstack-request-id', requestId());
    return response;
  };
  const callerIn = (request: Request): Caller => {
    const caller = callerOf(identity, request, product);
    if (caller === undefined) {
      throw new Refusal(401, service.unauthenticated);
    }
    return caller;
  };
  face.service(name, {
    unknown: (request, { allowed }) =>
      answered(request, () => {
        callerIn(request);
        throw allowed.length === 0
          ? new Refusal(404, 'The resource could not be found.')
          : new Refusal(405, 'The method is not allowed for the requested URL.');
      }),
    failure: (status, request) =>
      refuse(
        new Refusal(
          status,
          'The server has either erred or is incapable of performing the requested operation.',
        ),
        request,
      ),
  });
  for (const { path, answer } of service.open) {
    face.add(name, 'GET', path, (request) => answered(request, () => answer(new URL(request.url).origin)));
  }
  for (const { method, path, right, policy, answer } of service.operations) {
    face.add(name, method, path, (request, parameters) =>
      answered(request, () => {
        const caller = callerIn(request);
        const rights = { read: caller.mayRead, create: caller.mayCreate, change: caller.mayChange };
        if (!rights[right]) {
          throw new Refusal(403, service.forbidden(policy));
        }
        return answer({ request, url: new URL(request.url), parameters, caller, stores });
      }),
    );
  }
}

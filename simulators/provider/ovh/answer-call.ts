import type { DedicatedProvider } from '../dedicated';
import { sufferFaults } from '../faults';
import { type Authority, applicationOf, authenticate } from './authenticate';
import { callOf, type OvhContext } from './call';
import { type EmptyAnswer, emptyAnswer } from './empty-answer';
import { json, OvhError, RequestedError } from './errors';
import { routeOf } from './routes';
import { type OperationName, operation, operationParts, readRequest } from './schema';

/** `/1.0` and `/v1` are the same API. */
const PREFIX = /^\/(?:1\.0|v1)(?=\/|$)/;

/** The path without its `/1.0`, percent-decoded: rights are written for it. */
export function pathOf(url: URL): string {
  try {
    return decodeURIComponent(url.pathname.replace(PREFIX, ''));
  } catch {
    throw new OvhError('not found', 'Got an invalid (or empty) URL');
  }
}

/** Carries out one call: who, whether they may, whether it fits the schema, and then what it does. Throws what is refused. */
export async function answerCall(
  name: OperationName,
  { request, parameters }: { request: Request; parameters: Readonly<Record<string, string>> },
  { context, authority, empty }: { context: OvhContext; authority: Authority; empty: EmptyAnswer },
): Promise<Response> {
  const url = new URL(request.url);
  const described = operation(name);
  const text = await request.text();
  const { method } = operationParts(name);
  const path = pathOf(url);
  const caller =
    described.authentication === undefined
      ? authenticate({ request, operation: name, method, path, text }, authority)
      : undefined;
  if (described.authentication === 'application') {
    applicationOf(request, context.credentials);
  }
  const input = readRequest(described, { parameters, query: url.searchParams, text });
  const data = await routeOf(name)(callOf(input, { ...context, request, url, caller }));
  if (described.returns === undefined) {
    return emptyAnswer(empty, request);
  }
  const response = json(data);
  response.headers.set('cache-control', 'no-cache');
  return response;
}

/** Lets the faults happen that were asked for; answers one that ends the call. */
export async function sufferCallFaults(
  provider: DedicatedProvider,
  request: Request,
): Promise<Response | undefined> {
  const suffered = await sufferFaults(provider, request, new URL(request.url).pathname.replace(PREFIX, ''));
  if (typeof suffered === 'number') {
    throw new RequestedError(suffered);
  }
  return suffered;
}

import type { z } from 'zod';
import type { DedicatedProvider, DedicatedServer } from '../dedicated';
import type { RouteCall } from '../http';
import { Refusal } from '../refusal';
import type { Caller } from './authenticate';
import type { Credentials } from './credentials';
import { OvhError } from './errors';

export interface OvhContext {
  readonly provider: DedicatedProvider;
  readonly credentials: Credentials;
}

export type OpenCall = RouteCall<OvhContext>;
export type SignedCall = RouteCall<OvhContext & { readonly caller: Caller }>;

/** The server named in the path, if the caller has it and its service runs. */
export function calledServer({ parameters, context }: SignedCall): DedicatedServer {
  const server = context.provider.server(parameters['serviceName'] as string, context.caller.nichandle);
  if (server.service === 'expired') {
    throw new Refusal('service expired', 'This service is expired');
  }
  return server;
}

/** A whole number in the path. */
export function calledNumber(call: SignedCall, name: string): number {
  const text = call.parameters[name] as string;
  if (!/^-?\d+$/.test(text)) {
    throw new OvhError('bad request', `Invalid parameter ${name}: ${text} is not of type long`);
  }
  return Number(text);
}

/** The body of a call, checked against `schema`; an empty body counts as `{}`. */
export async function bodyOf<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await request.text();
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new OvhError('bad request', 'The body of the request is not JSON');
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') ?? '';
    throw new OvhError('bad request', `Invalid body${place && `, field ${place}`}: ${issue?.message}`);
  }
  return parsed.data;
}

/** One of the allowed values of a query parameter, or undefined when it is not given. */
export function queryOf<const Value extends string>(
  { url }: { readonly url: URL },
  name: string,
  allowed: readonly Value[],
): Value | undefined {
  const text = url.searchParams.get(name);
  if (text === null) {
    return undefined;
  }
  const value = allowed.find((other) => other === text);
  if (value === undefined) {
    throw new OvhError(
      'bad request',
      `Invalid parameter ${name}: ${text} is not one of ${allowed.join(', ')}`,
    );
  }
  return value;
}

/** 200 without content, as the API answers where the schema has no return type. */
export const done = () => new Response(null, { status: 200 });

/** A date as the API writes it. */
export const dateTime = (time: number) => new Date(time).toISOString();

import type { DedicatedProvider, DedicatedServer } from '../dedicated';
import { Refusal } from '../refusal';
import type { Caller } from './authenticate';
import type { Credentials } from './credentials';
import type { OPERATIONS, OperationName, RequestInput, TypeOf } from './schema';

export interface OvhContext {
  readonly provider: DedicatedProvider;
  readonly credentials: Credentials;
}

type Declared<Name extends OperationName> = (typeof OPERATIONS)[Name];

/** The TypeScript types of a table of fields; those that may be left out may be undefined too. */
type FieldsOf<Fields> = {
  readonly [Field in keyof Fields]: Fields[Field] extends `${infer Type}?`
    ? TypeOf<Type> | null | undefined
    : Fields[Field] extends string
      ? TypeOf<Fields[Field]>
      : never;
};

type Part<Name extends OperationName, Key extends string> =
  Declared<Name> extends Readonly<Record<Key, infer Fields>>
    ? FieldsOf<Fields>
    : Readonly<Record<string, unknown>>;

/** A call whose parameters, query and body fit the operation's schema. */
export interface OvhCall<Name extends OperationName = OperationName> {
  readonly request: Request;
  readonly url: URL;
  readonly provider: DedicatedProvider;
  readonly credentials: Credentials;
  /** Who calls; undefined for calls that need no consumer key. */
  readonly caller: Caller | undefined;
  readonly parameters: Part<Name, 'parameters'> & { readonly serviceName: string };
  readonly query: Part<Name, 'query'>;
  readonly body: Part<Name, 'body'>;
}

type Returned<Name extends OperationName> =
  Declared<Name> extends { readonly returns: infer Type extends string } ? TypeOf<Type> : undefined;

/** What carries an operation out, and answers its data. */
export type OvhRoute<Name extends OperationName> = (
  call: OvhCall<Name>,
) => Returned<Name> | Promise<Returned<Name>>;

/** The routes of some operations: none forgotten, none too many. */
export type OvhRoutes<Names extends OperationName> = { readonly [Name in Names]: OvhRoute<Name> };

/** The call of a request that was read; the schema has been seen to. */
export function callOf(input: RequestInput, rest: Omit<OvhCall, keyof RequestInput>): OvhCall {
  return { ...rest, ...input } as unknown as OvhCall;
}

type ServerCall = Pick<OvhCall, 'provider' | 'caller'> & {
  readonly parameters: { readonly serviceName: string };
};

/** The caller of a signed call. */
export function callerOf({ caller }: Pick<OvhCall, 'caller'>): Caller {
  if (caller === undefined) {
    throw new Error('A call without authentication reached a route that needs a caller.');
  }
  return caller;
}

/** The server named in the path, if the caller has it, whether its service runs or not. */
export function ownServer(call: ServerCall): DedicatedServer {
  return call.provider.server(call.parameters.serviceName, callerOf(call).nichandle);
}

/** The server named in the path, if the caller has it and its service runs. */
export function calledServer(call: ServerCall): DedicatedServer {
  const server = ownServer(call);
  if (server.service === 'expired') {
    throw new Refusal('service expired', 'This service is expired');
  }
  return server;
}

/**
 * A date as the API writes it: whole seconds of the provider's local time with its offset, `2026-03-01T13:00:00+01:00`
 * (answers in its guides). That all regions use the time of Paris is assumed.
 */
export function dateTime(time: number): string {
  const offset = /\+\d\d:\d\d/.exec(PARIS.format(time))?.[0] ?? '+00:00';
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  const local = new Date(time + (hours * 60 + minutes) * 60_000);
  return local.toISOString().slice(0, 19) + offset;
}

const PARIS = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Paris', timeZoneName: 'longOffset' });

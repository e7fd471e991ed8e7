import { isIP } from 'node:net';
import type { Clock } from '../clock';
import { allowsAddress } from './allowed-addresses';
import type { Application, Credential, Credentials } from './credentials';
import { grants } from './credentials';
import { OvhError } from './errors';
import { iamAction, type OperationName } from './schema';
import { signatureFits, signedSpellings } from './signature';

/** Who calls: a customer through an application with a validated consumer key, or a service account (OAuth2). */
export interface Caller {
  readonly nichandle: string;
  readonly credential: Credential;
  readonly method: 'account' | 'oauth2';
}

/** What a call is checked against. */
export interface Authority {
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** The allowed difference of clocks in seconds. */
  readonly skew: number;
}

/** A call to be checked: `path` is decoded and without its `/1.0`, `text` its body. */
export interface CheckedCall {
  readonly request: Request;
  readonly operation: OperationName;
  readonly method: string;
  readonly path: string;
  readonly text: string;
}

/** The application of a call that needs no consumer key. */
export function applicationOf(request: Request, credentials: Credentials): Application {
  const key = request.headers.get('x-ovh-application');
  if (key === null) {
    throw new OvhError('login first', 'You must login first');
  }
  const application = credentials.application(key);
  if (application === undefined) {
    throw new OvhError('invalid key', 'This application key is invalid');
  }
  return application;
}

/** Finds out who calls, and whether they may. Throws the API's error otherwise. */
export function authenticate(call: CheckedCall, authority: Authority): Caller {
  const token = /^Bearer +(\S+)$/i.exec(call.request.headers.get('authorization') ?? '')?.[1];
  return token === undefined ? checkSignature(call, authority) : checkToken(token, call, authority);
}

/** A signed call: application, consumer key, time, signature and rights, in this order (the order is our choice). */
function checkSignature(
  { request, method, path, text }: CheckedCall,
  { credentials, clock, skew }: Authority,
): Caller {
  const application = applicationOf(request, credentials);
  const consumerKey = request.headers.get('x-ovh-consumer');
  const signature = request.headers.get('x-ovh-signature');
  const timestamp = request.headers.get('x-ovh-timestamp');
  if (consumerKey === null || signature === null || timestamp === null) {
    throw new OvhError('login first', 'You must login first');
  }
  const credential = credentials.get(consumerKey);
  if (
    credential?.status !== 'validated' ||
    credential.nichandle === undefined ||
    credential.application !== application ||
    !allowsAddress(credential.allowedIPs, addressOf(request))
  ) {
    throw new OvhError('invalid credential', 'This credential is not valid');
  }
  if (!/^\d+$/.test(timestamp) || Math.abs(Number(timestamp) - clock.now() / 1000) > skew) {
    throw new OvhError('out of time', 'Query out of time');
  }
  const parts = {
    applicationSecret: application.secret,
    consumerKey,
    method: request.method,
    body: text,
    timestamp,
  };
  if (!signatureFits(signature, parts, signedSpellings(new URL(request.url)))) {
    throw new OvhError('invalid signature', 'Invalid signature');
  }
  if (!grants(credential.rules, method, path)) {
    throw new OvhError('not granted', 'This call has not been granted');
  }
  credential.lastUse = clock.now();
  return { nichandle: credential.nichandle, credential, method: 'account' };
}

/** A service account's call. What it may do says its policy, in IAM actions. */
function checkToken(token: string, { operation }: CheckedCall, { credentials, clock }: Authority): Caller {
  const session = credentials.session(token);
  if (session === undefined) {
    throw new OvhError('login first', 'You must login first');
  }
  const { account, credential } = session;
  const action = iamAction(operation);
  if (!account.allows(action)) {
    throw new OvhError('forbidden', 'User not granted for this request', {
      unauthorizedActionsByIAM: action,
    });
  }
  credential.lastUse = clock.now();
  return { nichandle: account.nichandle, credential, method: 'oauth2' };
}

/** Every caller is on this machine; a proxy in front of the lab may tell another address. */
function addressOf(request: Request): string {
  const [first = ''] = (request.headers.get('x-forwarded-for') ?? '').split(',');
  return isIP(first.trim()) === 0 ? '127.0.0.1' : first.trim();
}

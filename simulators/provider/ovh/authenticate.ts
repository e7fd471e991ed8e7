import type { Clock } from '../clock';
import type { Application, Credential, Credentials } from './credentials';
import { grants } from './credentials';
import { OvhError } from './errors';
import { signatureFits, signedSpellings } from './signature';

/** Who calls: a customer, through an application with a validated consumer key. */
export interface Caller {
  readonly nichandle: string;
  readonly credential: Credential;
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

/**
 * Checks a signed call: application, consumer key, time, signature and rights, in this order (the order is our
 * choice). `path` is without its `/1.0`; `skew` is the allowed difference of clocks in seconds.
 */
export async function authenticate(
  request: Request,
  path: string,
  { credentials, clock, skew }: { credentials: Credentials; clock: Clock; skew: number },
): Promise<Caller> {
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
    credential.application !== application
  ) {
    throw new OvhError('invalid credential', 'This credential is not valid');
  }
  if (!(Math.abs(Number(timestamp) - clock.now() / 1000) <= skew)) {
    throw new OvhError('out of time', 'Query out of time');
  }
  const parts = {
    applicationSecret: application.secret,
    consumerKey,
    method: request.method,
    body: await request.clone().text(),
    timestamp,
  };
  if (!signatureFits(signature, parts, signedSpellings(new URL(request.url)))) {
    throw new OvhError('invalid signature', 'Invalid signature');
  }
  if (!grants(credential.rules, request.method, path)) {
    throw new OvhError('not granted', 'This call has not been granted');
  }
  credential.lastUse = clock.now();
  return { nichandle: credential.nichandle, credential };
}

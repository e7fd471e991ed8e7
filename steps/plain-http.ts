import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { OvhProvider } from '../simulators/provider';
import type { Answer } from './api-customer';

interface Signing {
  applicationKey: string;
  applicationSecret: string;
  consumerKey: string;
  /** Seconds that the caller's clock is ahead. */
  ahead: number;
  url: string;
  body: string;
}

/** What a program may do wrong when it signs, by the words of the scenarios. */
const MISTAKES: Readonly<Record<string, (signing: Signing, provider: OvhProvider) => void>> = {
  nothing: () => {},
  'an unknown application': (signing) => {
    signing.applicationKey = 'nobody';
  },
  'a wrong secret': (signing) => {
    signing.applicationSecret = 'wrong';
  },
  'an unknown consumer key': (signing) => {
    signing.consumerKey = 'nobody';
  },
  'the signature of another URL': (signing) => {
    signing.url += '/bill';
  },
  'the signature of another body': (signing) => {
    signing.body = '{}';
  },
  'a clock that is 3 minutes slow': (signing) => {
    signing.ahead = -180;
  },
  'a clock that is 3 minutes fast': (signing) => {
    signing.ahead = 180;
  },
  'a clock that is 181 seconds slow': (signing) => {
    signing.ahead = -181;
  },
  'a clock that is 181 seconds fast': (signing) => {
    signing.ahead = 181;
  },
  'a consumer key that waits for its validation': (signing, provider) => {
    signing.consumerKey = requested(provider).consumerKey;
  },
  'a consumer key that the customer refused': (signing, provider) => {
    const credential = requested(provider);
    provider.credentials.refuse(credential);
    signing.consumerKey = credential.consumerKey;
  },
  'a consumer key that has expired': (signing, provider) => {
    const credential = requested(provider);
    provider.credentials.validate(credential, 'xx1111-ovh', 0);
    signing.consumerKey = credential.consumerKey;
  },
  'the consumer key of another application': (signing, provider) => {
    const other = provider.credentials.createApplication();
    Object.assign(signing, { applicationKey: other.key, applicationSecret: other.secret });
  },
};

function requested({ credentials, applicationKey }: OvhProvider) {
  const application = credentials.application(applicationKey);
  assert.ok(application);
  return credentials.request(application, [{ method: 'GET', path: '/*' }]);
}

/** Sends a call over loopback that is signed by the book, but for one mistake. */
export async function wrongCall(
  provider: OvhProvider,
  mistake: string,
  method: string,
  path: string,
  text = '',
): Promise<Answer> {
  const make = MISTAKES[mistake];
  assert.ok(make, `There is no mistake "${mistake}"; there are: ${Object.keys(MISTAKES).join(', ')}`);
  const { applicationKey, applicationSecret, consumerKey } = provider;
  const url = `${provider.url}${/^\/(1\.0|v1)(\/|$)/.test(path) ? '' : '/1.0'}${path}`;
  const signing: Signing = { applicationKey, applicationSecret, consumerKey, ahead: 0, url, body: text };
  make(signing, provider);
  const timestamp = String(Math.floor(provider.clock.now() / 1000) + signing.ahead);
  const parts = [
    signing.applicationSecret,
    signing.consumerKey,
    method,
    signing.url,
    signing.body,
    timestamp,
  ];
  return ask(url, {
    method,
    headers: {
      'content-type': 'application/json',
      'x-ovh-application': signing.applicationKey,
      'x-ovh-consumer': signing.consumerKey,
      'x-ovh-timestamp': timestamp,
      'x-ovh-signature': `$1$${createHash('sha1').update(parts.join('+')).digest('hex')}`,
    },
    ...(text !== '' && { body: text }),
  });
}

/** Sends a call without any header of the API's. */
export function unsignedCall(
  provider: OvhProvider,
  method: string,
  path: string,
  body?: string,
): Promise<Answer> {
  return ask(`${provider.url}/1.0${path}`, { method, ...(body !== undefined && { body }) });
}

/** Sends a request and reads its answer. */
export async function ask(url: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(url, request);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : isJson ? JSON.parse(text) : text,
  };
}

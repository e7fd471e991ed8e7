import { misfitOf } from './ovh/schema';
import { sign } from './ovh/signature';
import type { OvhProvider, OvhProviderOptions } from './ovh-provider';
import { startOvhProvider } from './ovh-provider';
import { seededRandom } from './random';

export const SERVER_NAME = 'ns1111111.ip-203-0-113.eu';
export const SERVER_PATH = `/dedicated/server/${SERVER_NAME}`;

export const WINDOWS_SERVER = {
  name: SERVER_NAME,
  ip: '203.0.113.100',
  mac: '52:54:00:12:34:56',
  os: 'win2022-std_64',
  memory: 16,
};

/** A provider with one Windows server, for tests. */
export function startTestProvider(options: Partial<OvhProviderOptions> = {}): Promise<OvhProvider> {
  return startOvhProvider({
    servers: [WINDOWS_SERVER],
    pace: { todo: 0, init: 0 },
    random: seededRandom('test'),
    ...options,
  });
}

/** Signs a call by the book and sends it; what a test wants different goes into `overrides`. */
export async function call(
  provider: OvhProvider,
  method: string,
  path: string,
  body?: unknown,
  overrides: { consumerKey?: string; application?: string; secret?: string; timestamp?: number } = {},
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const url = `${provider.url}/1.0${path}`;
  const text = body === undefined ? '' : JSON.stringify(body);
  const timestamp = String(overrides.timestamp ?? Math.floor(provider.clock.now() / 1000));
  const consumerKey = overrides.consumerKey ?? provider.consumerKey;
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json;charset=utf-8',
      'x-ovh-application': overrides.application ?? provider.applicationKey,
      'x-ovh-consumer': consumerKey,
      'x-ovh-timestamp': timestamp,
      'x-ovh-signature': sign({
        applicationSecret: overrides.secret ?? provider.applicationSecret,
        consumerKey,
        method,
        url,
        body: text,
        timestamp,
      }),
    },
    ...(text !== '' && { body: text }),
  });
  const answer = await response.text();
  return {
    status: response.status,
    body: answer === '' ? undefined : JSON.parse(answer),
    headers: response.headers,
  };
}

/** The id of the netboot with this kernel. */
export function bootIdOf(provider: OvhProvider, kernel: string): number {
  const entry = provider.core.server(SERVER_NAME).boots.find((boot) => boot.kernel === kernel);
  if (entry === undefined) {
    throw new Error(`${SERVER_NAME} has no netboot ${kernel}`);
  }
  return entry.bootId;
}

/** What does not fit the schema's type in an answer, in words; undefined when it fits. */
export function misfitOfAnswer(answer: unknown, type: string): string | undefined {
  const misfit = misfitOf(answer, type);
  return misfit && `${misfit.place}: ${misfit.reason}`;
}

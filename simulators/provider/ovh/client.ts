import https from 'node:https';
import net from 'node:net';
import ovh from 'ovh';

export interface OvhClientOptions {
  readonly appKey: string;
  readonly appSecret: string;
  readonly consumerKey?: string;
  /** Where the simulator listens with plain HTTP; left out: the real address, to be intercepted by msw. */
  readonly endpoint?: { readonly host: string; readonly port: number };
  /** Whose public address it is; EU when left out. */
  readonly region?: 'EU' | 'CA' | 'US';
  /** `/1.0` (default) or `/v1`. */
  readonly basePath?: string;
}

/** An error answer of the API. */
export class OvhApiError extends Error {
  readonly status: number;
  /** The API's own words. */
  readonly reason: string;

  constructor(method: string, path: string, status: number, reason: string) {
    super(`${method} ${path} was answered ${status}: ${reason}`);
    this.name = 'OvhApiError';
    this.status = status;
    this.reason = reason;
  }
}

/** The official Node.js client (`ovh` on npm), with promises and without its detours around a lab. */
export interface OvhClient {
  get(path: string, query?: object): Promise<unknown>;
  post(path: string, body?: object): Promise<unknown>;
  put(path: string, body?: object): Promise<unknown>;
}

/**
 * Makes a client. What is done around the official one, and why:
 * - it always speaks https: for `endpoint`, and only for it, the connection is made without TLS;
 * - it asks for the server's time once: here before each call, as lab time may have been moved on;
 * - it signs no path that contains `/auth`, which hits `.../authenticationSecret`: that path is sent with one
 *   letter percent-encoded, which means the same and is signed.
 */
export function ovhClient({
  appKey,
  appSecret,
  consumerKey,
  endpoint,
  region = 'EU',
  basePath,
}: OvhClientOptions): OvhClient {
  const client = ovh({
    appKey,
    appSecret,
    ...(consumerKey !== undefined && { consumerKey }),
    ...(endpoint ?? PUBLIC[region]),
    ...(basePath !== undefined && { basePath }),
  });
  const call = (method: string, path: string, parameters: object = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (endpoint !== undefined) {
        speakPlainHttp(endpoint);
      }
      client.apiTimeDiff = null;
      const signedPath = needsSignature(path) ? path.replaceAll('/auth', '/%61uth') : path;
      client.request(method, signedPath, { ...parameters }, (error, response) => {
        if (!error) {
          resolve(response);
        } else if (typeof error === 'number' && error >= 100) {
          reject(new OvhApiError(method, path, error, String(response)));
        } else {
          reject(new Error(`${method} ${path} was not answered: ${String(error)}`, { cause: error }));
        }
      });
    });
  return {
    get: (path, query) => call('GET', path, query),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
  };
}

const PUBLIC = {
  EU: { endpoint: 'ovh-eu' },
  CA: { endpoint: 'ovh-ca' },
  US: { endpoint: 'ovh-us' },
} as const;

function needsSignature(path: string): boolean {
  return path.includes('/auth') && path !== '/auth/time' && path !== '/auth/credential';
}

const plainEndpoints = new Set<string>();
let agent: https.Agent | undefined;

/** The client takes Node's global https agent, so that is where its connections to the lab are made plain. */
function speakPlainHttp({ host, port }: { host: string; port: number }): void {
  plainEndpoints.add(`${host}:${port}`);
  if (https.globalAgent === agent) {
    return;
  }
  const tlsAgent = https.globalAgent;
  const createTlsConnection = tlsAgent.createConnection.bind(tlsAgent);
  tlsAgent.createConnection = ((options, callback) =>
    plainEndpoints.has(`${options.host}:${options.port}`)
      ? net.connect(Number(options.port), options.host ?? undefined)
      : createTlsConnection(options, callback)) as typeof tlsAgent.createConnection;
  agent = tlsAgent;
}

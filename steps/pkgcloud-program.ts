import pkgcloud from 'pkgcloud';
import type { NovaProvider } from '../simulators/provider/nova';

type Client = ReturnType<typeof pkgcloud.compute.createClient>;

/** What pkgcloud makes of an error: the API's own body stands in `result`. */
export interface PkgcloudError {
  readonly statusCode: number;
  readonly message: string;
  readonly result: unknown;
}

/** A program of the customer's that uses the npm package `pkgcloud` at Rackspace. */
export class PkgcloudProgram {
  readonly #client: Client;

  constructor(
    { authUrl, username, apiKey, password, region }: NovaProvider,
    credentials: { readonly apiKey?: string; readonly password?: string } = { apiKey },
  ) {
    // It puts `/v2.0/tokens` behind the address itself.
    const address = authUrl.replace(/\/v2\.0$/, '');
    const proof = 'password' in credentials ? { password: credentials.password ?? password } : credentials;
    this.#client = pkgcloud.compute.createClient({
      provider: 'rackspace',
      authUrl: address,
      username,
      region,
      ...proof,
    });
  }

  servers() {
    return promised<readonly { name: string; status: string }[]>((done) => this.#client.getServers(done));
  }

  server(id: string) {
    return promised<{ name: string; status: string; original: Readonly<Record<string, unknown>> }>((done) =>
      this.#client.getServer(id, done),
    );
  }

  images() {
    return promised<readonly { name: string }[]>((done) => this.#client.getImages(done));
  }

  flavors() {
    return promised<readonly { name: string }[]>((done) => this.#client.getFlavors(done));
  }

  reboot(id: string) {
    return promised<unknown>((done) => this.#client.rebootServer(id, { type: 'HARD' }, done));
  }

  /** Any action; the answer is the body of the API's. */
  act(id: string, body: object) {
    return promised<unknown>((done) => this.#client._doServerAction(id, body, done));
  }
}

function promised<Value>(call: (done: (error: unknown, value: Value) => void) => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)));
  });
}

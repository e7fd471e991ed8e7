/** The part of `pkgcloud` (which ships no types) that `pkgcloud-program.ts` uses. */
declare module 'pkgcloud' {
  type Callback<Value> = (error: unknown, value: Value) => void;
  interface Server {
    readonly id: string;
    readonly name: string;
    readonly status: string;
    /** The server as the API shows it. */
    readonly original: Readonly<Record<string, unknown>>;
  }
  interface ComputeClient {
    getServers(callback: Callback<readonly Server[]>): void;
    getServer(id: string, callback: Callback<Server>): void;
    rebootServer(id: string, options: { type: 'HARD' | 'SOFT' }, callback: Callback<unknown>): void;
    getImages(callback: Callback<readonly { name: string }[]>): void;
    getFlavors(callback: Callback<readonly { name: string }[]>): void;
    /** What its own actions are made of; it has none for a rescue or a console. */
    _doServerAction(id: string, body: object, callback: Callback<unknown>): void;
  }
  const pkgcloud: {
    readonly compute: {
      createClient(options: {
        provider: 'rackspace';
        authUrl: string;
        username: string;
        apiKey?: string;
        password?: string;
        region: string;
      }): ComputeClient;
    };
  };
  export = pkgcloud;
}

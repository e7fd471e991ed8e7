/** The part of the `ovh` client (which ships no types) that `client.ts` uses. */
declare module 'ovh' {
  interface Ovh {
    apiTimeDiff: number | null;
    request(
      method: string,
      path: string,
      parameters: object,
      callback: (error: unknown, response: unknown) => void,
    ): void;
  }
  function ovh(parameters: {
    appKey: string;
    appSecret: string;
    consumerKey?: string | null;
    host?: string;
    port?: number;
    basePath?: string;
    endpoint?: string;
    apis?: readonly string[];
    warn?: (text: string) => void;
  }): Ovh;
  export = ovh;
}

/** One request and its answer, as a log may show it: no body, no header, and no secret id in the path. */
export interface HttpExchange {
  readonly face: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Real time, in milliseconds: how long the simulator took. */
  readonly milliseconds: number;
}

/** Wraps what answers a face's requests, so that `log` hears of each exchange. */
export function logged(
  face: string,
  log: (exchange: HttpExchange) => void,
  answer: (request: Request) => Promise<Response> | Response,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const started = performance.now();
    const response = await answer(request);
    log({
      face,
      method: request.method,
      path: withoutSecrets(new URL(request.url)),
      status: response.status,
      milliseconds: performance.now() - started,
    });
    return response;
  };
}

/** Parameters whose value opens something. */
const SECRET_PARAMETERS = ['id', 'token', 'credentialToken'];

function withoutSecrets(url: URL): string {
  const shown = new URL(url);
  for (const name of SECRET_PARAMETERS) {
    if (shown.searchParams.has(name)) {
      shown.searchParams.set(name, 'hidden');
    }
  }
  return shown.pathname + shown.search;
}

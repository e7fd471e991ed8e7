import { STATUS_CODES } from 'node:http';
import { Refusal, type RefusalKind } from '../refusal';

/** Both shapes of error bodies are in the wild: `{class, message}` (the schema's) and the older `{errorCode, httpCode, message}`. */
export type ErrorDialect = 'class' | 'errorCode';

interface ErrorShape {
  readonly status: number;
  readonly class: string;
  readonly errorCode: string;
}

const shape = (status: number, errorClass: string, errorCode: string): ErrorShape => ({
  status,
  class: errorClass,
  errorCode,
});

/** Classes and codes as clients have met them; where only one of the two is known the other is our choice. */
const SHAPES = {
  'login first': shape(401, 'Client::Unauthorized', 'NOT_CREDENTIAL'),
  'invalid key': shape(403, 'Client::Forbidden', 'INVALID_KEY'),
  'invalid credential': shape(403, 'Client::Forbidden', 'INVALID_CREDENTIAL'),
  'invalid signature': shape(400, 'Client::BadRequest', 'INVALID_SIGNATURE'),
  'out of time': shape(400, 'Client::BadRequest', 'QUERY_TIME_OUT'),
  'not granted': shape(403, 'Client::Forbidden', 'NOT_GRANTED_CALL'),
  'method not allowed': shape(405, 'Client::MethodNotAllowed', 'METHOD_NOT_ALLOWED'),
  'not found': shape(404, 'Client::NotFound', 'NOT_FOUND'),
  'bad request': shape(400, 'Client::BadRequest', 'BAD_REQUEST'),
  forbidden: shape(403, 'Client::Forbidden', 'FORBIDDEN'),
  'task already exists': shape(400, 'Client::BadRequest::TaskAlreadyExists', 'TASK_ALREADY_EXISTS'),
  'too many requests': shape(429, 'Client::TooManyRequests', 'TOO_MANY_REQUESTS'),
  'service expired': shape(460, 'Client::ServiceExpired', 'SERVICE_EXPIRED'),
} satisfies Record<RefusalKind | string, ErrorShape>;

export type OvhErrorKind = keyof typeof SHAPES;

/** An error of the API itself (signature, rights, shape of a request); the provider's own are `Refusal`s. */
export class OvhError extends Error {
  readonly kind: OvhErrorKind;
  readonly details: Readonly<Record<string, string>> | undefined;

  constructor(kind: OvhErrorKind, message: string, details?: Readonly<Record<string, string>>) {
    super(message);
    this.details = details;
    this.name = 'OvhError';
    this.kind = kind;
  }
}

/** An HTTP status that the lab was asked to answer, without the API having a reason of its own. */
export class RequestedError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(REQUESTED[status] ?? `The API answers ${status}, as this lab was asked to let it`);
    this.status = status;
  }
}

/** What the API says in these cases is not published: our choice. */
const REQUESTED: Readonly<Record<number, string>> = {
  404: 'The requested object does not exist',
  429: 'Too many requests',
  500: 'Internal server error',
  503: 'Service unavailable',
};

/** The statuses of HTTP and, not among them, the one for a service that has run out. */
const reasonOf = (status: number) => (status === 460 ? 'Service Expired' : (STATUS_CODES[status] ?? ''));

function shapeOf(error: unknown): ErrorShape {
  if (error instanceof OvhError || error instanceof Refusal) {
    return SHAPES[error.kind];
  }
  const status = error instanceof RequestedError ? error.status : 500;
  const known = Object.values(SHAPES).find((one) => one.status === status);
  const name = reasonOf(status).replaceAll(' ', '');
  return (
    known ??
    shape(
      status,
      `${status < 500 ? 'Client' : 'Server'}::${name}`,
      reasonOf(status).toUpperCase().replaceAll(' ', '_'),
    )
  );
}

/** The response for anything that a route threw. */
export function errorResponse(error: unknown, dialect: ErrorDialect): Response {
  const found = shapeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (dialect === 'class') {
    const details = error instanceof OvhError ? error.details : undefined;
    return json({ class: found.class, message, ...(details && { details }) }, found.status);
  }
  // The older API answered an unsigned call 403; the present one 401.
  const status = found.status === 401 ? 403 : found.status;
  return json(
    { errorCode: found.errorCode, httpCode: `${status} ${reasonOf(status)}`.trim(), message },
    status,
  );
}

/** A JSON answer, with the content type that the API writes. */
export function json(data: unknown, status = 200): Response {
  const text = JSON.stringify(data);
  return new Response(text, {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(text)),
    },
  });
}

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
  'service expired': shape(460, 'Client::ServiceExpired', 'SERVICE_EXPIRED'),
} satisfies Record<RefusalKind | string, ErrorShape>;

export type OvhErrorKind = keyof typeof SHAPES;

/** An error of the API itself (signature, rights, shape of a request); the provider's own are `Refusal`s. */
export class OvhError extends Error {
  readonly kind: OvhErrorKind;

  constructor(kind: OvhErrorKind, message: string) {
    super(message);
    this.name = 'OvhError';
    this.kind = kind;
  }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  460: 'Service Expired',
  500: 'Internal Server Error',
};

/** The response for anything that a route threw. */
export function errorResponse(error: unknown, dialect: ErrorDialect): Response {
  const known = error instanceof OvhError || error instanceof Refusal;
  const found = known
    ? SHAPES[error.kind]
    : shape(500, 'Server::InternalServerError', 'INTERNAL_SERVER_ERROR');
  const message = error instanceof Error ? error.message : String(error);
  if (dialect === 'class') {
    return Response.json({ class: found.class, message }, { status: found.status });
  }
  // The older API answered an unsigned call 403; the present one 401.
  const status = found.status === 401 ? 403 : found.status;
  return Response.json(
    { errorCode: found.errorCode, httpCode: `${status} ${REASONS[status] ?? ''}`.trim(), message },
    { status },
  );
}

import { OvhError } from '../errors';
import { isObject, MODEL_FIELDS, misfitOf, misfitOfFields, readType } from './check-value';
import type { Operation } from './operation';

/** A request as its operation describes it. */
export interface RequestInput {
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * Reads a request after its schema: path, query, and body (`text`). Throws a 400 with the first thing that does not
 * fit. Unknown parameters of the query are passed over. Where no other source is named the texts are ours.
 */
export function readRequest(
  operation: Operation,
  request: { parameters: Readonly<Record<string, string>>; query: URLSearchParams; text: string },
): RequestInput {
  return {
    parameters: readParameters(operation, request.parameters),
    query: readQuery(operation, request.query),
    body:
      operation.changes === undefined
        ? readBody(operation, request.text)
        : readChanges(operation, request.text),
  };
}

function readParameters(
  { parameters: types = {} }: Operation,
  given: Readonly<Record<string, string>>,
): RequestInput['parameters'] {
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => {
      const type = types[name] ?? 'string';
      const value = type === 'long' && /^-?\d+$/.test(text) ? Number(text) : text;
      refuse(`Invalid parameter ${name}`, misfitOf(value, type));
      return [name, value];
    }),
  );
}

function readQuery({ query = {} }: Operation, given: URLSearchParams): RequestInput['query'] {
  return Object.fromEntries(
    Object.entries(query).map(([name, type]) => {
      const text = given.get(name) ?? undefined;
      if (text === undefined && !readType(type).nullable) {
        throw new OvhError('bad request', `Missing mandatory parameter ${name}`);
      }
      if (text !== undefined) {
        refuse(`Invalid parameter ${name}`, misfitOf(text, type));
      }
      return [name, text];
    }),
  );
}

function readBody({ body: fields = {} }: Operation, text: string): RequestInput['body'] {
  const body = parse(text);
  refuseUnknown(body, fields, 'creation');
  const missing = Object.keys(fields).find(
    (name) => !Object.hasOwn(body, name) && !readType(fields[name] as string).nullable,
  );
  if (missing !== undefined) {
    throw new OvhError('bad request', `Missing mandatory parameter ${missing}`);
  }
  // The text of a client's report (python-ovh#121).
  if (
    fields['accessRules'] !== undefined &&
    misfitOf(body['accessRules'], fields['accessRules']) !== undefined
  ) {
    throw new OvhError('bad request', "Body parameter accessRules isn't formated correctly");
  }
  const misfit = misfitOfFields(body, fields);
  refuse(`Invalid parameter ${misfit?.place}`, misfit);
  return body;
}

/** The fields that a PUT changes. Those that nobody may change are passed over: clients send back what they read. */
function readChanges({ changes }: Operation, text: string): RequestInput['body'] {
  const fields = changes === undefined ? {} : (MODEL_FIELDS[changes] ?? {});
  const body = parse(text);
  refuseUnknown(body, { ...fields, iam: 'any' }, 'modification');
  const changed = Object.entries(body).filter(([name]) => {
    const type = fields[name];
    return type !== undefined && !readType(type).readOnly;
  });
  for (const [name, value] of changed) {
    const misfit = misfitOf(value, fields[name] as string, name);
    refuse(`Invalid parameter ${misfit?.place}`, misfit);
  }
  return Object.fromEntries(changed);
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new OvhError('bad request', 'The body of the request is not JSON');
  }
  // PHP writes an array without elements as a list, so php-ovh sends this for no parameters.
  if (Array.isArray(body) && body.length === 0) {
    return {};
  }
  if (!isObject(body)) {
    throw new OvhError('bad request', 'The body of the request is not a JSON object');
  }
  return body;
}

/** The text of a client's report (php-ovh#63) about a creation; that of a modification is ours. */
function refuseUnknown(body: object, fields: object, kind: string): void {
  const unknown = Object.keys(body).filter((name) => !Object.hasOwn(fields, name));
  if (unknown.length > 0) {
    throw new OvhError(
      'bad request',
      `Received not described parameters: (${unknown.join(', ')}) while calling ${kind} handler`,
    );
  }
}

function refuse(what: string, misfit: { readonly reason: string } | undefined): void {
  if (misfit !== undefined) {
    throw new OvhError('bad request', `${what}: ${misfit.reason}`);
  }
}

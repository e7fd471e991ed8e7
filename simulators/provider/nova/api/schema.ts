import { refuse } from '../compute/refusal';
import { pythonRepr, pythonString } from './python-repr';

type JsonType = 'object' | 'null' | 'string' | 'integer' | 'boolean' | 'array';

/** The part of JSON Schema that the served calls need. */
export interface Schema {
  readonly type?: JsonType | readonly JsonType[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly enum?: readonly (string | null)[];
  readonly format?: 'uuid';
  readonly minLength?: number;
  readonly maxLength?: number;
}

const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/**
 * Refuses a body that does not fit, with the text of nova/api/validation/validators.py around the message of
 * Python's jsonschema: `Invalid input for field/attribute <last part of the path>. Value: <value>. <message>`.
 */
export function validate(schema: Schema, body: unknown): void {
  const found = firstMismatch(schema, body, undefined);
  if (found === undefined) {
    return;
  }
  const { field, value, message } = found;
  throw refuse.badRequest(
    field === undefined
      ? message
      : `Invalid input for field/attribute ${field}. Value: ${pythonString(value)}. ${message}`,
  );
}

interface Mismatch {
  readonly field: string | undefined;
  readonly value: unknown;
  readonly message: string;
}

function firstMismatch(schema: Schema, value: unknown, field: string | undefined): Mismatch | undefined {
  const message = ownMismatch(schema, value);
  if (message !== undefined) {
    return { field, value, message };
  }
  if (typeOf(value) !== 'object') {
    return undefined;
  }
  for (const [name, member] of Object.entries(value as object)) {
    const mismatch = schema.properties?.[name] && firstMismatch(schema.properties[name], member, name);
    if (mismatch) {
      return mismatch;
    }
  }
  return undefined;
}

function ownMismatch(schema: Schema, value: unknown): string | undefined {
  const type = typeOf(value);
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  if (types !== undefined && !types.some((allowed) => allowed === type)) {
    return `${pythonRepr(value)} is not of type ${types.map((name) => `'${name}'`).join(', ')}`;
  }
  if (schema.enum !== undefined && !schema.enum.includes(value as string | null)) {
    return `${pythonRepr(value)} is not one of ${pythonRepr(schema.enum)}`;
  }
  if (type === 'object') {
    return objectMismatch(schema, value as Record<string, unknown>);
  }
  if (typeof value === 'string') {
    return textMismatch(schema, value);
  }
  return undefined;
}

function objectMismatch(schema: Schema, value: Record<string, unknown>): string | undefined {
  const missing = schema.required?.find((name) => !(name in value));
  if (missing !== undefined) {
    return `'${missing}' is a required property`;
  }
  const known = schema.properties ?? {};
  const extra =
    schema.additionalProperties === false ? Object.keys(value).filter((name) => !(name in known)) : [];
  if (extra.length > 0) {
    const names = extra.map(pythonRepr).join(', ');
    return `Additional properties are not allowed (${names} ${extra.length === 1 ? 'was' : 'were'} unexpected)`;
  }
  return undefined;
}

function textMismatch({ format, minLength, maxLength }: Schema, value: string): string | undefined {
  if (minLength !== undefined && value.length < minLength) {
    return `${pythonRepr(value)} is too short`;
  }
  if (maxLength !== undefined && value.length > maxLength) {
    return `${pythonRepr(value)} is too long`;
  }
  if (format === 'uuid' && !UUID.test(value)) {
    return `${pythonRepr(value)} is not a 'uuid'`;
  }
  return undefined;
}

function typeOf(value: unknown): JsonType | 'number' {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  const type = typeof value;
  if (type === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return type === 'string' || type === 'boolean' ? type : 'object';
}

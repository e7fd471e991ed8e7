export type JsonType = 'object' | 'null' | 'string' | 'integer' | 'boolean' | 'array';

export type Format =
  | 'uuid'
  | 'name'
  | 'spaced name'
  | 'key pair name'
  | 'base64'
  | 'ipv4'
  | 'ipv6'
  | 'date-time'
  | 'regex';

/**
 * The part of JSON Schema (draft 4) that the served calls need. The order of the keys counts, as it does in Nova: the
 * first of them that a value does not satisfy is the one that the refusal tells of.
 */
export interface Schema {
  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: Format;
  /** Also of a number that is written as text. */
  readonly minimum?: number;
  readonly maximum?: number;
}

/** An object with these properties and no others. */
export function object(
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): Schema {
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** A body with one key, under which all the rest is. */
export function wrapped(key: string, schema: Schema): Schema {
  return object({ [key]: schema }, [key]);
}

/** A query parameter that may be given several times. */
export function parameter(items: Schema): Schema {
  return { type: 'array', items };
}

import { hasFormat, ownRefusal } from './formats';
import { pythonRepr } from './python-repr';
import type { JsonType, Schema } from './schema';

/** What does not fit, and where: the names and indexes that lead to the value. */
export interface Mismatch {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly message: string;
  /** The message is the whole text of the refusal. */
  readonly whole?: boolean;
}

type Found = Mismatch | undefined;

export interface Rules {
  /** Additional properties are passed over, as under `/v2`. */
  readonly relaxed: boolean;
}

type Check<Value> = (wanted: Value, value: unknown, schema: Schema, rules: Rules) => Found;

/** The first mismatch of a value, with the message that Python's jsonschema (draft 4, version 4.10) has for it. */
export function firstMismatch(schema: Schema, value: unknown, rules: Rules): Found {
  for (const keyword of Object.keys(schema) as (keyof Schema)[]) {
    const check = KEYWORDS[keyword] as Check<unknown>;
    const found = check(schema[keyword], value, schema, rules);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

const here = (value: unknown, message: string): Mismatch => ({ path: [], value, message });
const below = (step: string | number, found: Found): Found =>
  found && { ...found, path: [step, ...found.path] };

const KEYWORDS: { readonly [Key in keyof Required<Schema>]: Check<NonNullable<Schema[Key]>> } = {
  type: (wanted, value) => {
    const types: readonly JsonType[] = [wanted].flat();
    return types.includes(typeOf(value) as JsonType)
      ? undefined
      : here(value, `${pythonRepr(value)} is not of type ${types.map((name) => `'${name}'`).join(', ')}`);
  },
  enum: (wanted, value) =>
    wanted.some((one) => equal(one, value))
      ? undefined
      : here(value, `${pythonRepr(value)} is not one of ${pythonRepr(wanted)}`),
  properties: (wanted, value, _schema, rules) =>
    first(isObject(value) ? Object.entries(wanted) : [], ([name, schema]) =>
      Object.hasOwn(value as object, name)
        ? below(name, firstMismatch(schema, (value as Record<string, unknown>)[name], rules))
        : undefined,
    ),
  patternProperties: (wanted, value, _schema, rules) =>
    first(isObject(value) ? Object.entries(wanted) : [], ([pattern, schema]) =>
      first(Object.entries(value as object), ([name, member]) =>
        new RegExp(pattern).test(name) ? below(name, firstMismatch(schema, member, rules)) : undefined,
      ),
    ),
  required: (wanted, value) =>
    first(isObject(value) ? wanted : [], (name) =>
      Object.hasOwn(value as object, name)
        ? undefined
        : here(value, `${pythonRepr(name)} is a required property`),
    ),
  additionalProperties: (allowed, value, schema, rules) =>
    allowed || !isObject(value) ? undefined : unexpected(value, schema, rules),
  minProperties: (least, value) =>
    isObject(value) && Object.keys(value).length < least
      ? here(value, `${pythonRepr(value)} does not have enough properties`)
      : undefined,
  maxProperties: (most, value) =>
    isObject(value) && Object.keys(value).length > most
      ? here(value, `${pythonRepr(value)} has too many properties`)
      : undefined,
  items: (wanted, value, _schema, rules) =>
    first(Array.isArray(value) ? [...value.entries()] : [], ([index, member]) =>
      below(index, firstMismatch(wanted, member, rules)),
    ),
  minItems: (least, value) =>
    Array.isArray(value) && value.length < least
      ? here(value, `${pythonRepr(value)} is too short`)
      : undefined,
  maxItems: (most, value) =>
    Array.isArray(value) && value.length > most ? here(value, `${pythonRepr(value)} is too long`) : undefined,
  uniqueItems: (wanted, value) =>
    wanted && Array.isArray(value) && new Set(value.map((one) => JSON.stringify(one))).size < value.length
      ? here(value, `${pythonRepr(value)} has non-unique elements`)
      : undefined,
  oneOf: (wanted, value, _schema, rules) => {
    const fitting = wanted.filter((schema) => firstMismatch(schema, value, rules) === undefined);
    return fitting.length === 1
      ? undefined
      : here(value, `${pythonRepr(value)} is not valid under any of the given schemas`);
  },
  allOf: (wanted, value, _schema, rules) => first(wanted, (schema) => firstMismatch(schema, value, rules)),
  minLength: (least, value) =>
    typeof value === 'string' && lengthOf(value) < least
      ? here(value, `${pythonRepr(value)} is too short`)
      : undefined,
  maxLength: (most, value) =>
    typeof value === 'string' && lengthOf(value) > most
      ? here(value, `${pythonRepr(value)} is too long`)
      : undefined,
  pattern: (wanted, value) =>
    typeof value === 'string' && !new RegExp(wanted).test(value)
      ? here(value, `${pythonRepr(value)} does not match ${pythonRepr(wanted)}`)
      : undefined,
  format: (format, value) => {
    if (hasFormat(format, value)) {
      return undefined;
    }
    const own = ownRefusal(format);
    return own === undefined
      ? here(value, `${pythonRepr(value)} is not a '${format}'`)
      : { ...here(value, own), whole: true };
  },
  minimum: (least, value) => {
    const number = numberOf(value);
    return number !== undefined && number < least
      ? here(value, `${number} is less than the minimum of ${least}`)
      : undefined;
  },
  maximum: (most, value) => {
    const number = numberOf(value);
    return number !== undefined && number > most
      ? here(value, `${number} is greater than the maximum of ${most}`)
      : undefined;
  },
};

function unexpected(
  value: object,
  { properties = {}, patternProperties }: Schema,
  { relaxed }: Rules,
): Found {
  const patterns = Object.keys(patternProperties ?? {});
  const extra = Object.keys(value).filter(
    (name) => !Object.hasOwn(properties, name) && !patterns.some((pattern) => new RegExp(pattern).test(name)),
  );
  if (extra.length === 0 || (relaxed && patterns.length === 0)) {
    return undefined;
  }
  const one = extra.length === 1;
  if (patterns.length > 0 && !relaxed) {
    const names = [...extra].sort().map(pythonRepr).join(', ');
    const regexes = patterns.map(pythonRepr).join(', ');
    return here(value, `${names} ${one ? 'does' : 'do'} not match any of the regexes: ${regexes}`);
  }
  const names = extra.map(pythonRepr).join(', ');
  return here(value, `Additional properties are not allowed (${names} ${one ? 'was' : 'were'} unexpected)`);
}

function first<Item>(items: readonly Item[], check: (item: Item) => Found): Found {
  for (const item of items) {
    const found = check(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function equal(one: unknown, other: unknown): boolean {
  return one === other || (isObject(one) && isObject(other) && JSON.stringify(one) === JSON.stringify(other));
}

/** Python counts code points. */
function lengthOf(text: string): number {
  return [...text].length;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

function typeOf(value: unknown): JsonType | 'number' {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'boolean' : 'object';
}

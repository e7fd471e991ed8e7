import { expect, test } from 'vitest';
import type { Schema } from './schema';
import { validateBody, validateQuery } from './validate';

const refusal = (schema: Schema, body: unknown, rules?: { relaxed: boolean }): string | undefined => {
  try {
    validateBody({ type: 'object', properties: { a: schema } }, { a: body }, rules);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
const told = (value: string, message: string) =>
  `Invalid input for field/attribute a. Value: ${value}. ${message}`;

/** The messages were seen from Python's jsonschema with the same schemas and values. */
test.each<[Schema, unknown, string | undefined]>([
  [{ type: 'string' }, null, told('None', "None is not of type 'string'")],
  [{ type: ['object', 'null'] }, 1.5, told('1.5', "1.5 is not of type 'object', 'null'")],
  [{ type: 'integer' }, true, told('True', "True is not of type 'integer'")],
  [{ enum: ['x', null] }, 'y', told('y', "'y' is not one of ['x', None]")],
  [{ type: 'string', minLength: 3 }, 'ab', told('ab', "'ab' is too short")],
  [{ type: 'string', maxLength: 1 }, 'ab', told('ab', "'ab' is too long")],
  [{ maxLength: 1 }, '😀', undefined],
  [{ pattern: '^[0-9]*$' }, "it's", told("it's", "\"it's\" does not match '^[0-9]*$'")],
  [{ minimum: 1 }, 0, told('0', '0 is less than the minimum of 1')],
  [{ minimum: 1 }, '0', told('0', '0 is less than the minimum of 1')],
  [{ maximum: 5 }, 9, told('9', '9 is greater than the maximum of 5')],
  [{ maxItems: 1 }, [1, 2], told('[1, 2]', '[1, 2] is too long')],
  [{ uniqueItems: true }, ['x', 'x'], told("['x', 'x']", "['x', 'x'] has non-unique elements")],
  [{ maxProperties: 0 }, { x: 1 }, told("{'x': 1}", "{'x': 1} has too many properties")],
  [
    { oneOf: [{ type: 'null' }, { type: 'string', maxLength: 0 }] },
    'x',
    told('x', "'x' is not valid under any of the given schemas"),
  ],
  [{ required: ['x'] }, {}, told('{}', "'x' is a required property")],
  [
    { properties: {}, additionalProperties: false },
    { x: 1, y: 2 },
    told("{'x': 1, 'y': 2}", "Additional properties are not allowed ('x', 'y' were unexpected)"),
  ],
  [
    { patternProperties: { '^_': {} }, additionalProperties: false },
    { x: 1 },
    told("{'x': 1}", "'x' does not match any of the regexes: '^_'"),
  ],
  [{ type: 'string', format: 'uuid' }, 'x', told('x', "'x' is not a 'uuid'")],
  [{ format: 'uuid' }, '{11111111-2222-4333-8444-555555555555}', undefined],
  [{ format: 'base64' }, 'YQ', told('YQ', "'YQ' is not a 'base64'")],
  [{ format: 'base64' }, 'YQ==', undefined],
  [{ format: 'date-time' }, '2026-02-30', told('2026-02-30', "'2026-02-30' is not a 'date-time'")],
  [{ format: 'date-time' }, '2026-03-01T12:00:00+0100', undefined],
])('%j against %j', (schema, value, message) => {
  expect(refusal(schema, value)).toBe(message);
});

test('the first keyword of the schema that does not fit is told', () => {
  const schema: Schema = {
    properties: { x: { type: 'string' } },
    required: ['y'],
    additionalProperties: false,
  };
  expect(refusal(schema, { x: 1, z: 1 })).toBe(
    "Invalid input for field/attribute x. Value: 1. 1 is not of type 'string'",
  );
});

test('a name has words of its own', () => {
  const reason = 'printable characters. Can not start or end with whitespace.';
  expect(refusal({ type: 'string', format: 'name' }, ' x')).toBe(
    `An invalid 'name' value was provided. The name must be: ${reason}`,
  );
});

test('relaxed, what a schema does not know is passed over', () => {
  expect(
    refusal({ properties: {}, additionalProperties: false }, { x: 1 }, { relaxed: true }),
  ).toBeUndefined();
});

test('of a query the parameter is told, not the number of the value', () => {
  const schema: Schema = { properties: { limit: { type: 'array', items: { pattern: '^[0-9]*$' } } } };
  expect(() => validateQuery(schema, { limit: ['1', '-1'] })).toThrow(
    "Invalid input for query parameters limit. Value: -1. '-1' does not match '^[0-9]*$'",
  );
});

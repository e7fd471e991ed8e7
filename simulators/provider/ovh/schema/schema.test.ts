import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  describeApi,
  iamAction,
  misfitOf,
  OPERATIONS,
  type Operation,
  type OperationName,
  operationParts,
} from '.';
import { ENUMS } from './enums';
import { MODELS } from './models';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly nullable?: boolean;
  readonly readOnly?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface PublishedOperation {
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
  readonly 'x-iam-actions'?: readonly { readonly name: string }[];
}

interface Published {
  readonly paths: Readonly<Record<string, Readonly<Record<string, PublishedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const shared = process.env['RESCUE_LAB_SHARED'] ?? join(__dirname, '../../../../../shared');
const published = (() => {
  try {
    return JSON.parse(readFileSync(join(shared, 'api/ovh-rescue-subset-openapi.json'), 'utf8')) as Published;
  } catch {
    return undefined;
  }
})();

const NAMES = Object.keys(OPERATIONS) as OperationName[];
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'datetime',
  date: 'date',
  uuid: 'uuid',
  password: 'password',
};
const TYPES: Readonly<Record<string, string>> = {
  integer: 'long',
  boolean: 'boolean',
  object: 'map',
  string: 'string',
};

/** The published type as our tables write it, without `?` and `!`. */
function typeName(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.replace(/^.*\//, '');
  if (schema.allOf?.[0] !== undefined) return typeName(schema.allOf[0]);
  if (schema.type === 'array') return `${typeName(schema.items ?? {})}[]`;
  return FORMATS[schema.format ?? ''] ?? TYPES[schema.type ?? ''] ?? 'string';
}

const fieldType = (schema: Schema) =>
  `${typeName(schema)}${schema.nullable ? '?' : ''}${schema.readOnly ? '!' : ''}`;

describe.skipIf(published === undefined)('the published schema of /dedicated/server', () => {
  const { paths, components } = published ?? { paths: {}, components: { schemas: {} } };
  const isPublished = (name: OperationName) => operationParts(name).path.startsWith('/dedicated/server');

  test.each(NAMES.filter(isPublished))('has %s as it is here', (name) => {
    const { method, path } = operationParts(name);
    const theirs = paths[path]?.[method.toLowerCase()];
    const ours: Operation = OPERATIONS[name];
    expect(theirs, 'published').toBeDefined();
    const parameters = theirs?.parameters ?? [];
    const inQuery = parameters.filter((one) => one.in === 'query' && one.name !== 'iamTags');
    const { iamTags: _iamTags, ...query } = ours.query ?? {};
    expect(query).toEqual(
      Object.fromEntries(
        inQuery.map((one) => [one.name, `${typeName(one.schema)}${one.required ? '' : '?'}`]),
      ),
    );
    const inPath = parameters.filter((one) => one.in === 'path' && one.name !== 'serviceName');
    expect(ours.parameters ?? {}).toEqual(
      Object.fromEntries(inPath.map((one) => [one.name, typeName(one.schema)])),
    );
    const answer = theirs?.responses['200']?.content?.['application/json']?.schema;
    expect(ours.returns).toBe(answer && typeName(answer));
    expect([iamAction(name)]).toEqual(theirs?.['x-iam-actions']?.map((action) => action.name));
    const body = theirs?.requestBody?.content['application/json']?.schema;
    expect(ours.changes).toBe(body?.$ref && typeName(body));
    const fields = Object.entries(body?.properties ?? {});
    expect(ours.body ?? {}).toEqual(
      Object.fromEntries(
        fields.map(([field, one]) => [
          field,
          `${typeName(one)}${body?.required?.includes(field) ? '' : '?'}`,
        ]),
      ),
    );
  });

  test('has no call that is not answered here', () => {
    const theirs = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(theirs.filter((name) => !Object.hasOwn(OPERATIONS, name))).toEqual([]);
  });

  const named = Object.entries(components.schemas);
  test.each(named.filter(([name]) => Object.hasOwn(MODELS, name)))(
    'has the model %s as it is here',
    (name, schema) => {
      expect((MODELS as Readonly<Record<string, unknown>>)[name]).toEqual(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([field, one]) => [field, fieldType(one)]),
        ),
      );
    },
  );

  test.each(named.filter(([name]) => Object.hasOwn(ENUMS, name)))(
    'has the values of %s as they are here',
    (name, schema) => {
      expect((ENUMS as Readonly<Record<string, unknown>>)[name]).toEqual(schema.enum);
    },
  );

  test('has every model and enumeration of that section', () => {
    const ours = [...Object.keys(MODELS), ...Object.keys(ENUMS)].filter((name) =>
      /^(dedicated|services?|iam)\./.test(name),
    );
    expect(ours.filter((name) => components.schemas[name] === undefined)).toEqual([]);
  });
});

test.each([
  [1, 'long', undefined],
  [1.5, 'long', '1.5 is not of type long'],
  [null, 'long', 'null is not of type long'],
  [null, 'long?', undefined],
  [[1, 'x'], 'long[]', '"x" is not of type long'],
  [
    'floppy',
    'dedicated.server.BootTypeEnum',
    '"floppy" is not one of harddisk, internal, network, power, rescue',
  ],
  [{ option: 'ipv6', value: 'yes' }, 'dedicated.server.netbootOption', undefined],
  [{ option: 'ipv6' }, 'dedicated.server.netbootOption', 'is missing'],
  [{ option: 'ipv6', value: 'yes', more: 1 }, 'dedicated.server.netbootOption', 'is not described'],
  ['203.0.113.256', 'ipv4', '"203.0.113.256" is not of type ipv4'],
  ['203.0.113.0/24', 'ipv4Block', undefined],
  ['2026-03-01T12:00:00.000Z', 'datetime', undefined],
  ['yesterday', 'datetime', '"yesterday" is not of type datetime'],
])('%j as %s: %s', (value, type, reason) => {
  expect(misfitOf(value, type)?.reason).toBe(reason);
});

test('the API describes itself, section by section, as its clients read it', () => {
  const root = describeApi('/', 'https://eu.api.ovh.com/1.0') as { apis: { path: string }[] };
  expect(root.apis.map(({ path }) => path)).toEqual(['/auth', '/dedicated/server', '/me', '/secret']);
  const described = root.apis.flatMap(({ path }) => {
    const section = describeApi(`${path}.json`, 'x') as {
      apis: { path: string; operations: { httpMethod: string }[] }[];
    };
    return section.apis.flatMap((api) => api.operations.map(({ httpMethod }) => `${httpMethod} ${api.path}`));
  });
  expect(described.sort()).toEqual([...NAMES].sort());
  expect(describeApi('/cloud.json', 'x')).toBeUndefined();
});

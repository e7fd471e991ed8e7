import { readType } from './check-value';
import { ENUMS } from './enums';
import { MODELS } from './models';
import type { Operation } from './operation';
import { OPERATIONS, type OperationName, operationParts } from './operations';

/** The sections of the API, each with a description of its own: `/1.0/me.json`. */
const SECTIONS = ['/auth', '/dedicated/server', '/me', '/secret'];

/**
 * What the API says of itself: `/1.0/` lists the sections, `/1.0/<section>.json` describes one, as clients read it that
 * check their calls (node-ovh, the API console). Undefined where there is no such section.
 */
export function describeApi(path: string, base: string): object | undefined {
  if (path === '/') {
    return {
      apiVersion: '1.0',
      basePath: base,
      apis: SECTIONS.map((section) => ({
        path: section,
        schema: '{path}.{format}',
        format: ['json'],
        description: section,
      })),
    };
  }
  const section = SECTIONS.find((one) => path === `${one}.json`);
  return section === undefined ? undefined : describeSection(section, base);
}

function describeSection(section: string, base: string): object {
  const names = (Object.keys(OPERATIONS) as OperationName[]).filter((name) => {
    const { path } = operationParts(name);
    return path === section || path.startsWith(`${section}/`);
  });
  const paths = new Set(names.map((name) => operationParts(name).path));
  return {
    apiVersion: '1.0',
    basePath: base,
    resourcePath: section,
    apis: [...paths].map((path) => ({
      path,
      description: path,
      operations: names.filter((name) => operationParts(name).path === path).map(describeOperation),
    })),
    models: {
      ...Object.fromEntries(Object.entries(MODELS).map(([id, fields]) => [id, describeModel(id, fields)])),
      ...Object.fromEntries(
        Object.entries(ENUMS).map(([id, values]) => [id, { id, enum: values, enumType: typeof values[0] }]),
      ),
    },
  };
}

function describeOperation(name: OperationName): object {
  const { method, path } = operationParts(name);
  const operation: Operation = OPERATIONS[name];
  const { query = {}, body = {}, changes, returns, parameters = {} } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(
    ([, one = '']) => [one, parameters[one] ?? 'string'] as const,
  );
  return {
    httpMethod: method,
    description: operation.summary,
    noAuthentication: operation.authentication !== undefined,
    responseType: returns ?? 'void',
    apiStatus: { value: 'PRODUCTION', description: 'Stable production version' },
    parameters: [
      ...inPath.map(([one, type]) => describeParameter(one, type, 'path')),
      ...Object.entries(query).map(([one, type]) => describeParameter(one, type, 'query')),
      ...Object.entries(body).map(([one, type]) => describeParameter(one, type, 'body')),
      ...(changes === undefined
        ? []
        : [{ name: null, dataType: changes, paramType: 'body', required: true }]),
    ],
  };
}

function describeParameter(name: string, type: string, paramType: string): object {
  const { base, list, nullable } = readType(type);
  return { name, dataType: list ? `${base}[]` : base, paramType, required: !nullable };
}

function describeModel(id: string, fields: Readonly<Record<string, string>>): object {
  const properties = Object.entries(fields).map(([name, text]) => {
    const { base, list, nullable, readOnly } = readType(text);
    return [name, { type: list ? `${base}[]` : base, canBeNull: nullable, readOnly }];
  });
  return { id, namespace: id.slice(0, id.lastIndexOf('.')), properties: Object.fromEntries(properties) };
}

import { isIPv4 } from 'node:net';
import { ENUMS } from './enums';
import { MODELS } from './models';

/** What is wrong with a value: where (`accessRules[0].path`, or nothing for the value itself) and in words of ours. */
export interface Misfit {
  readonly place: string;
  readonly reason: string;
}

const ENUM_VALUES: Readonly<Record<string, readonly (string | number)[]>> = ENUMS;
export const MODEL_FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = MODELS;

const SIMPLE: Readonly<Record<string, (value: unknown) => boolean>> = {
  any: () => true,
  boolean: (value) => typeof value === 'boolean',
  long: (value) => Number.isSafeInteger(value),
  string: (value) => typeof value === 'string',
  password: (value) => typeof value === 'string',
  datetime: (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:]{8}(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value),
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
  uuid: (value) => typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(value),
  ipv4: (value) => typeof value === 'string' && isIPv4(value),
  ipv4Block: (value) => typeof value === 'string' && isIpv4Block(value),
  ipBlock: (value) => typeof value === 'string' && /^[\da-f.:]+(\/\d+)?$/i.test(value),
  ipv6: (value) => typeof value === 'string',
  ipv6Block: (value) => typeof value === 'string',
  map: (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'string'),
};

function isIpv4Block(text: string): boolean {
  const [address = '', length = '32'] = text.split('/');
  return isIPv4(address) && /^\d+$/.test(length) && Number(length) <= 32;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `T[]?!` taken apart. */
export function readType(name: string): {
  base: string;
  list: boolean;
  nullable: boolean;
  readOnly: boolean;
} {
  const readOnly = name.endsWith('!');
  const open = readOnly ? name.slice(0, -1) : name;
  const nullable = open.endsWith('?');
  const type = nullable ? open.slice(0, -1) : open;
  const list = type.endsWith('[]');
  return { base: list ? type.slice(0, -2) : type, list, nullable, readOnly };
}

/** The first thing about `value` that does not fit the type `name` of the schema; undefined when it fits. */
export function misfitOf(value: unknown, name: string, place = ''): Misfit | undefined {
  const { base, list, nullable } = readType(name);
  if (value === null) {
    return nullable ? undefined : { place, reason: `null is not of type ${base}` };
  }
  if (!list) {
    return misfitOfOne(value, base, place);
  }
  if (!Array.isArray(value)) {
    return { place, reason: `${shown(value)} is not a list` };
  }
  for (const [index, one] of value.entries()) {
    const misfit = misfitOf(one, base, `${place}[${index}]`);
    if (misfit !== undefined) {
      return misfit;
    }
  }
  return undefined;
}

function misfitOfOne(value: unknown, base: string, place: string): Misfit | undefined {
  const values = ENUM_VALUES[base];
  if (values !== undefined) {
    return values.includes(value as string)
      ? undefined
      : { place, reason: `${shown(value)} is not one of ${values.join(', ')}` };
  }
  const fields = MODEL_FIELDS[base];
  if (fields === undefined) {
    return SIMPLE[base]?.(value) ? undefined : { place, reason: `${shown(value)} is not of type ${base}` };
  }
  if (!isObject(value)) {
    return { place, reason: `${shown(value)} is not of type ${base}` };
  }
  return misfitOfFields(value, fields, place);
}

/** As `misfitOf`, for an object with all of `fields` and no others. */
export function misfitOfFields(
  value: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, string>>,
  place = '',
): Misfit | undefined {
  const at = (field: string) => (place === '' ? field : `${place}.${field}`);
  const unknown = Object.keys(value).find((field) => !Object.hasOwn(fields, field));
  if (unknown !== undefined) {
    return { place: at(unknown), reason: 'is not described' };
  }
  for (const [field, type] of Object.entries(fields)) {
    const given = Object.hasOwn(value, field) ? value[field] : undefined;
    if (given === undefined) {
      if (readType(type).nullable) {
        continue;
      }
      return { place: at(field), reason: 'is missing' };
    }
    const misfit = misfitOf(given, type, at(field));
    if (misfit !== undefined) {
      return misfit;
    }
  }
  return undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

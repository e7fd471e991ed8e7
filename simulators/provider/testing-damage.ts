import type { Random } from './random';

/** A request as it is damaged step by step. `path` begins behind `version`. */
export interface Draft {
  method: string;
  version: string;
  path: string;
  text: string;
  headers: Record<string, string>;
}

/** One step of damage. */
export type Damage = (draft: Draft, random: Random) => void;

/** What the damage of one face's requests is made of, besides what is odd everywhere. */
export interface DamageWords {
  /** Prefixes of paths that may be exchanged. */
  readonly versions: readonly string[];
  /** Segments of paths that mean something here, such as other customers' ids. */
  readonly segments: readonly string[];
  readonly parameters: readonly string[];
  /** Headers that mean something here. */
  readonly headers: readonly string[];
}

const ODD_SEGMENTS = [
  '..',
  '%2e%2e',
  '%00',
  '%',
  '%zz',
  '*',
  '{serviceName}',
  '__proto__',
  'constructor',
  '-1',
  '1e99',
  '９',
  ' ',
  'a'.repeat(5000),
];
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e308,
  '',
  'x',
  '\u0000',
  '😀',
  [],
  {},
  [[]],
  { __proto__: null },
  'a'.repeat(20_000),
];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND'];
const ODD_HEADERS = ['', 'x', 'Bearer x', 'Bearer', 'NaN', '1e9', '$1$', 'a'.repeat(4000)];
const CONTENT_TYPES = ['text/plain', 'multipart/form-data', 'application/json;charset=utf-16', 'x'];

export const one = <Value>(random: Random, values: readonly Value[]): Value =>
  values[random.integer(values.length)] as Value;

/** The ways to damage a request of a face that has these words. */
export function damagesOf({
  versions,
  segments: known,
  parameters,
  headers,
}: DamageWords): readonly Damage[] {
  const odd = [...ODD_SEGMENTS, ...known];
  return [
    (draft, random) => {
      draft.method = one(random, METHODS);
    },
    (draft, random) => {
      draft.version = one(random, versions);
    },
    (draft, random) => {
      const segments = draft.path.split('/');
      segments[random.integer(segments.length)] = one(random, odd);
      draft.path = segments.join('/');
    },
    (draft, random) => {
      const segments = draft.path.split('/');
      segments.splice(random.integer(segments.length), random.integer(2), one(random, odd));
      draft.path = segments.join('/');
    },
    (draft, random) => {
      draft.path += `${one(random, ['?', '&', '#', ';'])}${one(random, [...parameters, '__proto__'])}=${one(random, odd)}`;
    },
    (draft, random) => {
      const at = random.integer(draft.text.length + 1);
      draft.text =
        draft.text.slice(0, at) +
        one(random, ['"', '{', ']', '\\', '0', '\u0000', 'é', '']) +
        draft.text.slice(at + random.integer(3));
    },
    (draft, random) => damageMember(draft, random),
    (draft, random) => {
      draft.text = JSON.stringify(one(random, ODD_VALUES));
    },
    (draft, random) => {
      draft.headers[one(random, headers)] = one(random, ODD_HEADERS);
    },
    (draft, random) => {
      draft.headers['content-type'] = one(random, CONTENT_TYPES);
    },
  ];
}

/** Gives one member of the body, however deep, an odd value. */
function damageMember(draft: Draft, random: Random): void {
  const body = parsed(draft.text);
  let at: object = body;
  for (;;) {
    const members = Object.values(at).filter((value) => typeof value === 'object' && value !== null);
    if (members.length === 0 || random.integer(2) === 0) {
      break;
    }
    at = one(random, members) as object;
  }
  const names = [...Object.keys(at), '__proto__', 'constructor', 'other'];
  const value = one(random, ODD_VALUES);
  Object.defineProperty(at, one(random, names), {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  draft.text = JSON.stringify(body);
}

function parsed(text: string): object {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}

import { readDuration } from './duration';

/** What can go wrong at the provider, with what each of them needs. */
const KINDS = {
  'error-<status>': 'API calls are answered with this HTTP status (400 to 599)',
  'slow-answers': 'API calls are answered late: by=<duration>',
  'dropped-connections': 'the connection of an API call ends without an answer',
  'task-customerError': "a task ends as the customer's error",
  'task-ovhError': "a task ends as the provider's error",
  'task-cancelled': 'a task is cancelled by the provider',
  'tasks-purged': 'tasks that have ended are no longer known',
  'mail-late': 'mails are sent late: by=<duration>',
  'mail-lost': 'mails are never sent',
  'mail-twice': 'mails are sent twice',
  'netboot-down': 'the netboot server does not answer',
  'images-slow': 'the images of a rescue system come late: by=<duration>',
  'reboot-without-effect': 'a hard reboot is done, and nothing happened',
  'driver-error': 'what a cloud server asks of its hypervisor fails: function=rescue',
  'disk-gone': 'a server has lost its disk',
} as const;

const NAMED = Object.keys(KINDS).filter((kind) => !kind.includes('<'));
/** What each of them can be limited to, besides time, number and chance; the others: to a server. */
const LIMITS: readonly (readonly [kinds: RegExp, limits: readonly string[]])[] = [
  [/^(error-\d+|slow-answers|dropped-connections)$/, ['method', 'path']],
  [/^(task-|driver-error$)/, ['function', 'server']],
  [/^mail-/, []],
];
const NEEDS_BY = ['slow-answers', 'mail-late', 'images-slow'];

/** A fault, and where and how long it is there. Times are milliseconds of lab time. */
export interface Fault {
  /** One of the kinds above; `error-503` for a status. */
  readonly kind: string;
  /** Of calls: this method, and paths like this one (`*` for anything, without `/1.0`). */
  readonly method?: string;
  readonly path?: string;
  /** Of tasks: this function. */
  readonly function?: string;
  readonly server?: string;
  /** The delay. */
  readonly by?: number;
  /** It begins this much later, and ends after this long. */
  readonly after?: number;
  readonly for?: number;
  /** It strikes so many times. */
  readonly times?: number;
  /** It strikes with this probability, from 0 to 1. */
  readonly chance?: number;
}

const TEXTS = ['method', 'path', 'function', 'server'];
const DURATIONS = ['by', 'after', 'for'];

/** Reads `error-500:path=/dedicated/server/*,for=5m`. Throws a sentence that says what is possible. */
export function readFault(text: string): Fault {
  const colon = text.indexOf(':');
  const kind = colon === -1 ? text : text.slice(0, colon);
  const fault: Record<string, string | number> = { kind };
  for (const part of colon === -1 ? [] : text.slice(colon + 1).split(',')) {
    const [, name = '', value = ''] = /^(\w+)=(.+)$/.exec(part) ?? [];
    fault[name] = readValue(text, name, value);
  }
  return checkFault(fault as unknown as Fault, text);
}

function readValue(text: string, name: string, value: string): string | number {
  if (TEXTS.includes(name)) {
    return value;
  }
  if (DURATIONS.includes(name)) {
    return readDuration(value);
  }
  if ((name === 'times' && /^\d+$/.test(value)) || (name === 'chance' && /^(0?\.\d+|[01])$/.test(value))) {
    return Number(value);
  }
  throw new Error(
    `The fault "${text}" is not understood: behind the colon stand ${[
      ...TEXTS,
      ...DURATIONS,
      'times',
      'chance',
    ]
      .map((known) => `${known}=…`)
      .join(', ')}, with commas between them. Durations are written 500ms, 30s, 5m, 24h or 7d.`,
  );
}

/** The fault itself, if there is such a kind and it has what it needs. */
export function checkFault(fault: Fault, text: string = fault.kind): Fault {
  const status = /^error-(\d{3})$/.exec(fault.kind)?.[1];
  if (
    !NAMED.includes(fault.kind) &&
    !(status !== undefined && Number(status) >= 400 && Number(status) < 600)
  ) {
    throw new Error(
      `There is no fault "${fault.kind}". There are:\n${Object.entries(KINDS)
        .map(([kind, meaning]) => `  ${kind.padEnd(22)} ${meaning}`)
        .join('\n')}`,
    );
  }
  const [, limits = ['server']] = LIMITS.find(([kinds]) => kinds.test(fault.kind)) ?? [];
  const wrong = TEXTS.find((name) => Object.hasOwn(fault, name) && !limits.includes(name));
  if (wrong !== undefined) {
    const possible = [...limits, ...DURATIONS.slice(1), 'times', 'chance'].join(', ');
    throw new Error(`The fault "${text}" cannot be limited to a ${wrong}; ${fault.kind} takes ${possible}.`);
  }
  if (NEEDS_BY.includes(fault.kind) && fault.by === undefined) {
    throw new Error(`The fault "${text}" needs its delay, such as ${fault.kind}:by=30s.`);
  }
  return fault;
}

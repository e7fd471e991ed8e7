import { readDuration } from '../provider';
import type { ProviderLabOptions } from './provider-lab';

type Assume = (value: string) => ProviderLabOptions | undefined;

const oneOf =
  <const Value extends string>(
    values: readonly Value[],
    options: (value: Value) => ProviderLabOptions,
  ): Assume =>
  (text) => {
    const value = values.find((one) => one === text);
    return value === undefined ? undefined : options(value);
  };

/** What nobody outside the provider knows for sure, with the other ways it may be; the first is what the lab assumes. */
const ASSUMPTIONS: Readonly<Record<string, { readonly values: string; readonly read: Assume }>> = {
  errors: {
    values: 'class, errorCode',
    read: oneOf(['class', 'errorCode'], (errorDialect) => ({ errorDialect })),
  },
  'empty-answers': {
    values: 'by client, nothing, null',
    read: oneOf(['by client', 'nothing', 'null'], (emptyAnswer) => ({ emptyAnswer })),
  },
  secrets: {
    values: 'until expiry, once',
    read: oneOf(['until expiry', 'once'], (readable) => ({ secrets: { readable } })),
  },
  'windows-rescue-refused-in': {
    values: 'list, change, reboot, never',
    read: oneOf(['list', 'change', 'reboot', 'never'], (refusal) => ({ windowsRescue: { refusal } })),
  },
  'windows-rescue-needs': {
    values: 'at least, more than (16 GB)',
    read: oneOf(['at least', 'more than'], (boundary) => ({ windowsRescue: { boundary } })),
  },
  'windows-logins-in-api': {
    values: 'listed, absent',
    read: oneOf(['listed', 'absent'], (windowsLogins) => ({ windowsLogins })),
  },
  'second-task': {
    values: 'refused, accepted',
    read: oneOf(['refused', 'accepted'], (secondTask) => ({ secondTask })),
  },
  'secret-lifetime': {
    values: 'a duration; 7d',
    read: (text) => ({ secrets: { lifetime: readDuration(text) } }),
  },
  'boot-deadline': { values: 'a duration; 1h', read: (text) => ({ bootDeadline: readDuration(text) }) },
  'clock-skew': { values: 'a duration; 180s', read: (text) => ({ clockSkew: readDuration(text) / 1000 }) },
  'stale-reads': { values: 'a duration; 0s', read: (text) => ({ staleReads: readDuration(text) }) },
  'task-retention': { values: 'a duration; 30d', read: (text) => ({ taskRetention: readDuration(text) }) },
  'monitoring-patience': {
    values: 'a duration; 30m',
    read: (text) => ({ monitoringPatience: readDuration(text) }),
  },
};

/** Reads `secrets=once` as options of a lab. Throws a sentence that says what can be assumed. */
export function readAssumption(text: string): ProviderLabOptions {
  const [, name = '', value = ''] = /^([\w-]+)=(.*)$/.exec(text) ?? [];
  const options = Object.hasOwn(ASSUMPTIONS, name) ? ASSUMPTIONS[name]?.read(value) : undefined;
  if (options === undefined) {
    throw new Error(
      `"${text}" cannot be assumed. These can, the first value is the usual one:\n${Object.entries(
        ASSUMPTIONS,
      )
        .map(([known, { values }]) => `  ${known}= ${values}`)
        .join('\n')}`,
    );
  }
  return options;
}

/** Several assumptions as one set of options. */
export function joinAssumptions(assumptions: readonly ProviderLabOptions[]): ProviderLabOptions {
  const joined: Record<string, unknown> = {};
  for (const [name, value] of assumptions.flatMap((one) => Object.entries(one))) {
    joined[name] = typeof value === 'object' ? Object.assign({}, joined[name], value) : value;
  }
  return joined;
}

import { RegistryValueError, type ValuePlace } from './registry-value-error';

/** One `Key=Value` of a rule, in the spelling of the hive. */
export interface FirewallField {
  readonly key: string;
  readonly value: string;
}

/**
 * A firewall rule as a value of `FirewallRules` holds it (MS-FASP 2.2.37 and the SYSTEM samples):
 * `v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|LPort=3389|Name=...|`. Fields may come more than
 * once (`Profile`, `LPort`, `RA4`); unknown ones are kept.
 */
export interface FirewallRule {
  /** e.g. `v2.10`, in the hive's own case. */
  readonly version: string;
  readonly fields: readonly FirewallField[];
}

/** Takes a rule's text apart. Throws a RegistryValueError for text of another form; its offset counts UTF-16 bytes. */
export function parseFirewallRule(text: string, place: ValuePlace): FirewallRule {
  const [version = '', ...parts] = text.split('|');
  if (!/^v\d+\.\d+$/i.test(version)) {
    throw new RegistryValueError(place, 0, 'a firewall rule does not start with a version such as "v2.10|"');
  }
  if (parts.pop() !== '') {
    throw new RegistryValueError(place, 2 * text.length, 'a firewall rule does not end with "|"');
  }
  let at = version.length + 1;
  const fields = parts.map((part) => {
    const equals = part.indexOf('=');
    if (equals <= 0) {
      throw new RegistryValueError(
        place,
        2 * at,
        `"${part.slice(0, 40)}" is no field of the form Key=Value of a firewall rule`,
      );
    }
    at += part.length + 1;
    return { key: part.slice(0, equals), value: part.slice(equals + 1) };
  });
  return { version, fields };
}

/** The text of a rule. Throws a TypeError for fields that the format cannot hold. */
export function formatFirewallRule({ version, fields }: FirewallRule): string {
  for (const { key, value } of fields) {
    if (key === '' || /[|=\0]/.test(key) || /[|\0]/.test(value)) {
      throw new TypeError(`A firewall rule cannot hold the field "${key}=${value}"`);
    }
  }
  return `${version}|${fields.map(({ key, value }) => `${key}=${value}|`).join('')}`;
}

/** All values of a field, in order; keys are compared without case, as the samples hold `LPort` and `LPORT`. */
export function ruleFields(rule: FirewallRule, key: string): string[] {
  const wanted = key.toLowerCase();
  return rule.fields.filter((field) => field.key.toLowerCase() === wanted).map(({ value }) => value);
}

export function ruleField(rule: FirewallRule, key: string): string | undefined {
  return ruleFields(rule, key)[0];
}

/** The rule with a field's values replaced, at the place of the first one; with none they are removed. */
export function withRuleField(rule: FirewallRule, key: string, ...values: readonly string[]): FirewallRule {
  const wanted = key.toLowerCase();
  const at = rule.fields.findIndex((field) => field.key.toLowerCase() === wanted);
  const others = rule.fields.filter((field) => field.key.toLowerCase() !== wanted);
  const place = at < 0 ? others.length : at;
  const added = values.map((value) => ({ key, value }));
  return { ...rule, fields: [...others.slice(0, place), ...added, ...others.slice(place)] };
}

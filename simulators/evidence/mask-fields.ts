import { MASK } from './mask-secrets';

/** Names of fields and headers whose value is a secret whatever it is. */
const SECRET_FIELD =
  /^(?:.*password.*|.*adminpass.*|.*secret|consumer-?key|x-ovh-(?:consumer|signature)|authorization|(?:set-)?cookie|x-(?:auth|subject)-token|token)$/i;

/** A deep copy of a log entry in which the values of secret-bearing fields are masked, before anyone knows their values. */
export function maskFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskFields);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' && SECRET_FIELD.test(name.replaceAll('_', '')) ? MASK : maskFields(inner),
    ]),
  );
}

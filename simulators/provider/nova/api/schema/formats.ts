import { isIPv4, isIPv6 } from 'node:net';
import type { Format } from './schema';

/** Why a name is refused; nova/api/validation/parameter_types.py. */
const NAME_REASONS: Readonly<Partial<Record<Format, string>>> = {
  name: 'printable characters. Can not start or end with whitespace.',
  'spaced name': 'printable characters with at least one non space character',
  'key pair name':
    'Only expected characters: [_- 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ]',
};

/** What Nova takes for printable: no control character and no line separator, and nothing beyond U+FFFF. */
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}\u{10000}-\u{10FFFF}]*$/u;

const CHECKS: Readonly<Record<Format, (text: string) => boolean>> = {
  uuid: (text) =>
    /^[0-9a-f]{32}$/i.test(text.replaceAll(/urn:|uuid:|-/g, '').replaceAll(/^[{}]+|[{}]+$/g, '')),
  name: (text) => PRINTABLE.test(text) && text !== '' && !/^\p{Z}|\p{Z}$/u.test(text),
  'spaced name': (text) => PRINTABLE.test(text) && /\P{Z}/u.test(text),
  'key pair name': (text) => /^[\w -]*$/.test(text),
  base64: isBase64,
  ipv4: isIPv4,
  ipv6: isIPv6,
  'date-time': (text) => timeOf(text) !== undefined,
  regex: isRegularExpression,
};

export function hasFormat(format: Format, value: unknown): boolean {
  return typeof value === 'string' && CHECKS[format](value);
}

/** The whole text of a refusal that is the format's own, or undefined. */
export function ownRefusal(format: Format): string | undefined {
  const reason = NAME_REASONS[format];
  return reason && `An invalid 'name' value was provided. The name must be: ${reason}`;
}

const TIME =
  /^(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** Epoch milliseconds of an ISO 8601 time; UTC where it names no zone. */
export function timeOf(text: string): number | undefined {
  const parts = TIME.exec(text.trim());
  if (parts === null) {
    return undefined;
  }
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] =
    parts;
  const at = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const date = new Date(at);
  if (Number.isNaN(at) || date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) {
    return undefined;
  }
  return at + Math.trunc(Number(`0.${fraction}`) * 1000) - zoneOffset(zone);
}

function zoneOffset(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** As Python's decoder has it: what is no letter of the alphabet is passed over, the padding counts. */
function isBase64(text: string): boolean {
  const letters = text.replaceAll(/[^A-Za-z0-9+/=]/g, '');
  const [data = ''] = letters.split('=');
  const padding = letters.length - data.length;
  return data.length % 4 === 0 || (data.length % 4 > 1 && padding >= 4 - (data.length % 4));
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text);
    return text !== '';
  } catch {
    return false;
  }
}

import { bracedGuid, decodeUtf16, isGuid, readU64, untilNul, writeU64 } from '../bytes';
import { registryData, type ValueData } from '../regf';
import { decodeDevice } from './decode-device';
import type { BcdDevice } from './device';
import { encodeDevice } from './encode-device';

/** Object ids are lower case, in braces. */
export type BcdValue =
  | { readonly kind: 'device'; readonly device: BcdDevice }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'object'; readonly id: string }
  | { readonly kind: 'objectList'; readonly ids: readonly string[] }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'integerList'; readonly values: readonly bigint[] }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array };

const KINDS: readonly (BcdValue['kind'] | undefined)[] = [
  undefined,
  'device',
  'string',
  'object',
  'objectList',
  'integer',
  'boolean',
  'integerList',
  'binary',
];

/** The kind of value an element holds: bits 24-27 of its code. Codes of no known format hold `binary`. */
export function elementKind(code: number): BcdValue['kind'] {
  return KINDS[(code >>> 24) & 0xf] ?? 'binary';
}

/**
 * Reads an element's registry value. Tolerant as real stores need it (formats.md 1.1): strings with one or two NULs,
 * integers of 1 to 8 bytes.
 */
export function decodeElement(code: number, data: Uint8Array): BcdValue {
  switch (elementKind(code)) {
    case 'device':
      return { kind: 'device', device: decodeDevice(data) };
    case 'string':
      return { kind: 'string', text: untilNul(decodeUtf16(data)) };
    case 'object':
      return { kind: 'object', id: objectId(untilNul(decodeUtf16(data))) };
    case 'objectList': {
      const texts = decodeUtf16(data).split('\0');
      return { kind: 'objectList', ids: texts.filter((text) => text !== '').map(objectId) };
    }
    case 'integer':
      return { kind: 'integer', value: integer(data) };
    case 'boolean':
      return { kind: 'boolean', value: data.some((byte) => byte !== 0) };
    case 'integerList': {
      const values: bigint[] = [];
      for (let at = 0; at < data.length; at += 8) values.push(integer(data.subarray(at, at + 8)));
      return { kind: 'integerList', values };
    }
    case 'binary':
      return { kind: 'binary', bytes: data.slice() };
  }
}

/** The registry value for an element, as Windows writes it. Throws a TypeError when the element is of another kind. */
export function encodeElement(code: number, value: BcdValue): ValueData {
  const kind = elementKind(code);
  if (value.kind !== kind) {
    const name = code.toString(16).padStart(8, '0');
    throw new TypeError(`BCD element ${name} holds a value of kind ${kind}, not ${value.kind}`);
  }
  switch (value.kind) {
    case 'device':
      return registryData.binary(encodeDevice(value.device));
    case 'string':
      return registryData.string(value.text);
    case 'object':
      return registryData.string(objectId(value.id));
    case 'objectList':
      return registryData.multiString(value.ids.map(objectId));
    case 'integer':
      return registryData.binary(integerBytes([value.value]));
    case 'boolean':
      return registryData.binary(Uint8Array.of(value.value ? 1 : 0));
    case 'integerList':
      return registryData.binary(integerBytes(value.values));
    case 'binary':
      return registryData.binary(value.bytes);
  }
}

/** A text that is no GUID stays as it is: a damaged list keeps what it has when it changes. */
function objectId(text: string): string {
  return isGuid(text) ? bracedGuid(text) : text;
}

function integer(data: Uint8Array): bigint {
  const whole = new Uint8Array(8);
  whole.set(data.subarray(0, 8));
  return readU64(whole, 0);
}

function integerBytes(values: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  values.forEach((value, index) => {
    if (value < 0n || value > 0xffffffffffffffffn) {
      throw new RangeError(`${value} is not an unsigned 64-bit number, as a BCD integer needs`);
    }
    writeU64(bytes, 8 * index, value);
  });
  return bytes;
}

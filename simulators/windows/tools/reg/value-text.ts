import { concatBytes, encodeUtf16, fromHex, readU32, readU64, toHex, writeU32 } from '../../../disk/bytes';
import { RegistryType, registryData, stringOf, stringsOf, type ValueData } from '../../../disk/regf';
import { invalidSyntax } from './failure';

const TYPE_NAMES: Readonly<Record<number, string>> = {
  [RegistryType.none]: 'REG_NONE',
  [RegistryType.string]: 'REG_SZ',
  [RegistryType.expandString]: 'REG_EXPAND_SZ',
  [RegistryType.binary]: 'REG_BINARY',
  [RegistryType.dword]: 'REG_DWORD',
  [RegistryType.dwordBigEndian]: 'REG_DWORD_BIG_ENDIAN',
  [RegistryType.link]: 'REG_LINK',
  [RegistryType.multiString]: 'REG_MULTI_SZ',
  [RegistryType.resourceList]: 'REG_RESOURCE_LIST',
  [RegistryType.fullResourceDescriptor]: 'REG_FULL_RESOURCE_DESCRIPTOR',
  [RegistryType.resourceRequirementsList]: 'REG_RESOURCE_REQUIREMENTS_LIST',
  [RegistryType.qword]: 'REG_QWORD',
};

/** `REG_SZ`; the number in hex for a type without a name (our choice: SAM hives have such). */
export function typeName(type: number): string {
  return TYPE_NAMES[type] ?? `0x${type.toString(16)}`;
}

/** The number of a type that `/t` may name. */
export function typeByName(name: string): number | undefined {
  const upper = name.toUpperCase();
  if (upper === 'REG_DWORD_LITTLE_ENDIAN') return RegistryType.dword;
  const found = Object.entries(TYPE_NAMES).find(([, one]) => one === upper)?.[0];
  return found === undefined ? undefined : Number(found);
}

/** Data as `reg query` prints it; texts of REG_MULTI_SZ are joined by `separator`. */
export function dataText(value: ValueData, separator = '\\0'): string {
  const { type, data } = value;
  const strings = stringsOf(value);
  if (strings !== undefined) return strings.join(separator);
  if (type === RegistryType.dword && data.length === 4) return `0x${readU32(data, 0).toString(16)}`;
  if (type === RegistryType.qword && data.length === 8) return `0x${readU64(data, 0).toString(16)}`;
  if (type === RegistryType.dwordBigEndian && data.length === 4)
    return `0x${readU32(data.slice().reverse(), 0).toString(16)}`;
  return stringOf(value) ?? toHex(data).toUpperCase();
}

/** The value that `/t` and `/d` describe. Throws reg's refusal of data that the type cannot hold. */
export function parseData(type: number, text: string, separator: string): ValueData {
  switch (type) {
    case RegistryType.multiString:
      return registryData.multiString(text === '' ? [] : text.split(separator));
    case RegistryType.dword:
      return registryData.dword(Number(parseNumber(text, 0xffffffffn)));
    case RegistryType.qword:
      return registryData.qword(parseNumber(text, 0xffffffffffffffffn));
    case RegistryType.dwordBigEndian: {
      const data = new Uint8Array(4);
      writeU32(data, 0, Number(parseNumber(text, 0xffffffffn)));
      return { type, data: data.reverse() };
    }
    case RegistryType.string:
    case RegistryType.expandString:
    case RegistryType.link:
      return { type, data: concatBytes(encodeUtf16(text), new Uint8Array(2)) };
    default:
      if (/[^0-9a-f]/i.test(text)) throw invalidSyntax('add', "Specify valid hexadecimal value for '/d'.");
      return { type, data: fromHex(text.length % 2 === 0 ? text : `0${text}`) };
  }
}

/** Decimal, or hex behind 0x. */
function parseNumber(text: string, largest: bigint): bigint {
  const number = /^(\d+|0x[0-9a-f]+)$/i.test(text) ? BigInt(text) : -1n;
  if (number < 0n || number > largest) throw invalidSyntax('add', "Specify valid numeric value for '/d'.");
  return number;
}

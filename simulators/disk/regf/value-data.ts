import { decodeUtf16, encodeUtf16, readU32, readU64, writeU32, writeU64 } from '../bytes';

/** Registry value types (winnt.h). SAM also stores other numbers here. */
export const RegistryType = {
  none: 0,
  string: 1,
  expandString: 2,
  binary: 3,
  dword: 4,
  dwordBigEndian: 5,
  link: 6,
  multiString: 7,
  resourceList: 8,
  fullResourceDescriptor: 9,
  resourceRequirementsList: 10,
  qword: 11,
} as const;

/** A value's type number and its raw bytes. */
export interface ValueData {
  readonly type: number;
  readonly data: Uint8Array;
}

/** Builds typed value data: `registryData.string('C:')`, `registryData.dword(1)`. */
export const registryData = {
  string: (text: string): ValueData => ({ type: RegistryType.string, data: encodeUtf16(`${text}\0`) }),
  expandString: (text: string): ValueData => ({
    type: RegistryType.expandString,
    data: encodeUtf16(`${text}\0`),
  }),
  multiString: (texts: readonly string[]): ValueData => ({
    type: RegistryType.multiString,
    data: encodeUtf16(`${texts.map((text) => `${text}\0`).join('')}\0`),
  }),
  dword: (value: number): ValueData => {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
      throw new RangeError(`${value} is not an unsigned 32-bit number, as REG_DWORD needs`);
    }
    const data = new Uint8Array(4);
    writeU32(data, 0, value);
    return { type: RegistryType.dword, data };
  },
  qword: (value: bigint): ValueData => {
    if (value < 0n || value > 0xffffffffffffffffn) {
      throw new RangeError(`${value} is not an unsigned 64-bit number, as REG_QWORD needs`);
    }
    const data = new Uint8Array(8);
    writeU64(data, 0, value);
    return { type: RegistryType.qword, data };
  },
  binary: (data: Uint8Array): ValueData => ({ type: RegistryType.binary, data }),
};

/** Text of REG_SZ, REG_EXPAND_SZ or REG_LINK, without its terminators; undefined for other types. */
export function stringOf(value: ValueData): string | undefined {
  const { string, expandString, link } = RegistryType;
  if (value.type !== string && value.type !== expandString && value.type !== link) return undefined;
  return decodeUtf16(value.data).replace(/\0+$/, '');
}

/** Texts of REG_MULTI_SZ; undefined for other types. Empty texts at the end do not count. */
export function stringsOf(value: ValueData): string[] | undefined {
  if (value.type !== RegistryType.multiString) return undefined;
  const text = decodeUtf16(value.data).replace(/\0+$/, '');
  return text === '' ? [] : text.split('\0');
}

/** REG_DWORD of four bytes; undefined for other types and lengths. */
export function dwordOf(value: ValueData): number | undefined {
  return value.type === RegistryType.dword && value.data.length === 4 ? readU32(value.data, 0) : undefined;
}

/** REG_QWORD of eight bytes; undefined for other types and lengths. */
export function qwordOf(value: ValueData): bigint | undefined {
  return value.type === RegistryType.qword && value.data.length === 8 ? readU64(value.data, 0) : undefined;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RegistryType, registryData } from '../../../disk/regf';
import { dataText, parseData, typeByName, typeName } from './value-text';

describe('data as reg writes it', () => {
  it('is read back as the same number, bytes or texts', () => {
    const text = fc.string({ maxLength: 20 }).filter((one) => !one.includes('\0'));
    const value = fc.oneof(
      fc.integer({ min: 0, max: 0xffffffff }).map(registryData.dword),
      fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }).map(registryData.qword),
      fc.uint8Array({ maxLength: 40 }).map(registryData.binary),
      text.map(registryData.string),
      text.map(registryData.expandString),
      fc
        .array(
          text.filter((one) => one !== '' && !one.includes(';')),
          { maxLength: 4 },
        )
        .map(registryData.multiString),
    );
    fc.assert(
      fc.property(value, (data) => {
        expect(parseData(data.type, dataText(data, ';'), ';')).toEqual(data);
      }),
    );
  });

  it('names its types, and numbers where there is no name', () => {
    for (const type of Object.values(RegistryType))
      expect(typeByName(typeName(type).toLowerCase())).toBe(type);
    expect([typeName(0x3e8), typeByName('REG_ODD')]).toEqual(['0x3e8', undefined]);
  });

  it('shows data that does not fit its type as bytes', () => {
    expect(dataText({ type: RegistryType.dword, data: Uint8Array.of(1, 2, 0xab) })).toBe('0102AB');
    expect(dataText({ type: RegistryType.dwordBigEndian, data: Uint8Array.of(0, 0, 1, 2) })).toBe('0x102');
  });
});

import { describe, expect, it } from 'vitest';
import {
  bareGuid,
  bracedGuid,
  concatBytes,
  decodeUtf16,
  encodeSid,
  encodeUtf16,
  fromHex,
  guidFromBytes,
  guidToBytes,
  hasAscii,
  isGuid,
  sameBytes,
  toHex,
  untilNul,
} from '.';

describe('GUIDs', () => {
  const text = '9dea862c-5cdd-4e70-acc1-f32b344d4795';

  it('have their first three groups turned round on disk', () => {
    expect(toHex(guidToBytes(`{${text.toUpperCase()}}`))).toBe('2c86ea9ddd5c704eacc1f32b344d4795');
    expect(guidFromBytes(concatBytes(fromHex('ff'), guidToBytes(text)), 1)).toBe(text);
    expect([bareGuid(`{${text}}`), bracedGuid(text)]).toEqual([text, `{${text}}`]);
  });

  it.each(['', '{}', `{${text}`, text.slice(1), `${text}0`, text.replace('a', 'g')])(
    '"%s" is none',
    (other) => {
      expect(isGuid(other)).toBe(false);
      expect(() => guidToBytes(other)).toThrow('is not a GUID');
    },
  );

  it('leave the bytes of a Buffer alone', () => {
    const bytes = Buffer.from(guidToBytes(text));
    expect([guidFromBytes(bytes), guidFromBytes(bytes)]).toEqual([text, text]);
  });

  it('do not read past the end', () => {
    expect(() => guidFromBytes(new Uint8Array(15))).toThrow(RangeError);
  });
});

describe('UTF-16', () => {
  it.each(['', 'C:\\Windows', 'Größe', '😀', '\ud800 alone', 'x'.repeat(10_000)])('keeps "%.12s"', (text) => {
    expect(decodeUtf16(encodeUtf16(text))).toBe(text);
    expect(toHex(encodeUtf16(text))).toBe(Buffer.from(text, 'utf16le').toString('hex'));
  });

  it('is cut at its NUL, and not read past the end', () => {
    expect(untilNul('a\0b')).toBe('a');
    expect(untilNul('ab')).toBe('ab');
    expect(() => decodeUtf16(new Uint8Array(4), 2, 4)).toThrow(RangeError);
  });
});

describe('rows of bytes', () => {
  it('compare, join and carry ASCII marks', () => {
    expect(sameBytes(fromHex('01 02'), fromHex('0102'))).toBe(true);
    expect(sameBytes(fromHex('0102'), fromHex('010203'))).toBe(false);
    expect(hasAscii(fromHex('00726567'), 1, 'reg')).toBe(true);
    expect(hasAscii(fromHex('00726567'), 1, 'regf')).toBe(false);
    expect(() => fromHex('123')).toThrow('is not a row of hex byte pairs');
  });
});

describe('security identifiers', () => {
  it('have their authority and sub-authorities in a row', () => {
    expect(toHex(encodeSid('S-1-5-32-544'))).toBe('01020000000000052000000020020000');
    expect(() => encodeSid('Administrators')).toThrow('is not a security identifier');
  });
});

import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeLatin1, encodeUtf16, fromHex, toHex } from '../../bytes';
import {
  aesCbcDecrypt,
  aesCbcEncrypt,
  desDecryptBlock,
  desEncryptBlock,
  md4,
  md5,
  rc4,
  spreadDesKey,
} from '.';

const bytes = (length: number, factor: number) =>
  Uint8Array.from({ length }, (_x, index) => (index * factor + length) & 0xff);

describe('MD4', () => {
  it.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      'e33b4ddc9c38f2199c3e7b164fcc0536',
    ],
  ])('of "%s" is that of RFC 1320', (text, digest) => {
    expect(toHex(md4(encodeLatin1(text)))).toBe(digest);
  });

  it('of a password is its NT hash', () => {
    expect(toHex(md4(encodeUtf16('password')))).toBe('8846f7eaee8fb117ad06bdd830b7586c');
  });
});

describe('MD5', () => {
  it.each([0, 1, 55, 56, 63, 64, 65, 200])('of %i bytes is what OpenSSL says', (length) => {
    const message = bytes(length, 5);
    expect(toHex(md5(message))).toBe(createHash('md5').update(message).digest('hex'));
  });
});

describe('RC4', () => {
  it.each([
    ['Key', 'Plaintext', 'bbf316e8d940af0ad3'],
    ['Wiki', 'pedia', '1021bf0420'],
  ])('with the key "%s" gives the known text', (key, text, cipher) => {
    expect(toHex(rc4(encodeLatin1(key), encodeLatin1(text)))).toBe(cipher);
  });
});

describe('DES', () => {
  it.each(Array.from({ length: 20 }, (_x, index) => index))('agrees with OpenSSL on block %i', (index) => {
    const key = bytes(8, 2 * index + 3);
    const block = bytes(8, 7 * index + 1);
    // Three equal keys make triple DES a single one.
    const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null).setAutoPadding(false);
    const expected = cipher.update(block).toString('hex');
    expect(toHex(desEncryptBlock(key, block))).toBe(expected);
    expect(toHex(desDecryptBlock(key, fromHex(expected)))).toBe(toHex(block));
  });

  it('spreads 56 bits over 8 bytes', () => {
    expect(toHex(spreadDesKey(fromHex('ffffffffffffff')))).toBe('fefefefefefefefe');
    expect(toHex(spreadDesKey(fromHex('80000000000001')))).toBe('8000000000000002');
  });
});

describe('AES-128-CBC', () => {
  it.each([16, 32, 160])('agrees with OpenSSL on %i bytes', (length) => {
    const key = bytes(16, 11);
    const vector = bytes(16, 3);
    const data = bytes(length, 29);
    const cipher = createCipheriv('aes-128-cbc', key, vector).setAutoPadding(false);
    const expected = cipher.update(data).toString('hex');
    expect(toHex(aesCbcEncrypt(key, vector, data))).toBe(expected);
    expect(toHex(aesCbcDecrypt(key, vector, fromHex(expected)))).toBe(toHex(data));
  });
});

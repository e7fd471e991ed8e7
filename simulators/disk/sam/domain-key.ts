import { concatBytes, encodeLatin1, readU32, sameBytes, writeU32 } from '../bytes';
import type { ValuePlace } from '../registry';
import { aesCbcDecrypt, aesCbcEncrypt, md5, rc4 } from './crypto';
import { SamError } from './sam-error';

/** The account domain's encrypted key inside its `F` value. */
const KEY_OFFSET = 0x68;
const SALT_OFFSET = KEY_OFFSET + 8;
const RC4_KEY_SIZE = 0x38;

const QWERTY = encodeLatin1('!@#$%^&*()qwertyUIOPAzxcvbnmQQQQQQQQQQQQ)(*@&%\0');
const DIGITS = encodeLatin1('0123456789012345678901234567890123456789\0');

/** How passwords are wrapped: RC4 up to Windows 10 1511, AES since (where the domain key says so). */
export type SamCipher = 'rc4' | 'aes';

export interface DomainKey {
  readonly cipher: SamCipher;
  /** 16 bytes that every account's hash is encrypted with. */
  readonly key: Uint8Array;
}

/** The cipher that the `F` value of the account domain names. Throws a SamError for one that is not known. */
export function cipherOf(domain: Uint8Array, place: ValuePlace): SamCipher {
  if (domain.length < SALT_OFFSET + 0x30) {
    throw new SamError(
      place,
      domain.length,
      `the account domain's record has ${domain.length} bytes, too few to hold its key`,
    );
  }
  const revision = readU32(domain, KEY_OFFSET);
  if (revision === 1) return 'rc4';
  if (revision === 2) return 'aes';
  throw new SamError(
    place,
    KEY_OFFSET,
    `the account domain's key has revision ${revision}; only 1 (RC4) and 2 (AES) are known`,
  );
}

/** Decrypts the domain key of the `F` value with the boot key. Throws a SamError when they do not belong together. */
export function decryptDomainKey(domain: Uint8Array, bootKey: Uint8Array, place: ValuePlace): DomainKey {
  const cipher = cipherOf(domain, place);
  const decrypt = cipher === 'rc4' ? decryptWithRc4 : decryptWithAes;
  return { cipher, key: decrypt(domain, bootKey, place) };
}

function decryptWithRc4(domain: Uint8Array, bootKey: Uint8Array, place: ValuePlace): Uint8Array {
  const salt = domain.subarray(SALT_OFFSET, SALT_OFFSET + 16);
  const encrypted = domain.subarray(SALT_OFFSET + 16, SALT_OFFSET + 48);
  const plain = rc4(md5(concatBytes(salt, QWERTY, bootKey, DIGITS)), encrypted);
  const key = plain.slice(0, 16);
  if (!sameBytes(plain.subarray(16), checksum(key))) {
    throw new SamError(
      place,
      KEY_OFFSET,
      "the boot key does not open the account domain's key",
      'Take the SYSTEM hive of the same Windows as the SAM.',
    );
  }
  return key;
}

/** revision, length, checksum length, data length (u32 each), salt[16], data. */
function decryptWithAes(domain: Uint8Array, bootKey: Uint8Array, place: ValuePlace): Uint8Array {
  const dataLength = readU32(domain, KEY_OFFSET + 12);
  const salt = domain.subarray(KEY_OFFSET + 16, KEY_OFFSET + 32);
  const data = domain.subarray(KEY_OFFSET + 32, KEY_OFFSET + 32 + dataLength);
  if (dataLength < 16 || dataLength % 16 !== 0 || data.length !== dataLength) {
    throw new SamError(
      place,
      KEY_OFFSET + 12,
      `the account domain's AES key claims ${dataLength} bytes, which it does not have`,
    );
  }
  return aesCbcDecrypt(bootKey, salt, data).slice(0, 16);
}

/** The key block to put into an `F` value. `salt` has 16 bytes. */
export function encryptDomainKey(
  { cipher, key }: DomainKey,
  salt: Uint8Array,
  bootKey: Uint8Array,
): Uint8Array {
  return cipher === 'rc4' ? encryptWithRc4(key, salt, bootKey) : encryptWithAes(key, salt, bootKey);
}

function encryptWithRc4(key: Uint8Array, salt: Uint8Array, bootKey: Uint8Array): Uint8Array {
  const block = new Uint8Array(RC4_KEY_SIZE);
  writeU32(block, 0, 1);
  writeU32(block, 4, RC4_KEY_SIZE);
  block.set(salt, 8);
  block.set(rc4(md5(concatBytes(salt, QWERTY, bootKey, DIGITS)), concatBytes(key, checksum(key))), 24);
  return block;
}

/** Without the check block that Windows adds and no published reader looks at (our choice): its length is 0. */
function encryptWithAes(key: Uint8Array, salt: Uint8Array, bootKey: Uint8Array): Uint8Array {
  const data = aesCbcEncrypt(bootKey, salt, concatBytes(key, new Uint8Array(16).fill(16)));
  const block = new Uint8Array(32 + data.length);
  writeU32(block, 0, 2);
  writeU32(block, 4, block.length);
  writeU32(block, 12, data.length);
  block.set(salt, 16);
  block.set(data, 32);
  return block;
}

function checksum(key: Uint8Array): Uint8Array {
  return md5(concatBytes(key, DIGITS, key, QWERTY));
}

import { concatBytes, encodeLatin1, encodeUtf16, readU16, writeU16, writeU32 } from '../bytes';
import type { ValuePlace } from '../registry';
import {
  aesCbcDecrypt,
  aesCbcEncrypt,
  desDecryptBlock,
  desEncryptBlock,
  md4,
  md5,
  rc4,
  spreadDesKey,
} from './crypto';
import type { DomainKey, SamCipher } from './domain-key';
import { SamError } from './sam-error';

const NT_PASSWORD = encodeLatin1('NTPASSWORD\0');
const RC4_HEADER = 4;
const AES_HEADER = 24;
const HASH = 16;

/** NT hash: MD4 of the password in UTF-16LE, 16 bytes. */
export function ntHash(password: string): Uint8Array {
  return md4(encodeUtf16(password));
}

/** The parts of a stored hash. */
interface StoredHash {
  /** Undefined for RC4, which needs none. */
  readonly salt: Uint8Array | undefined;
  /** Sixteen bytes. */
  readonly encrypted: Uint8Array;
}

/** Whether an account's stored form holds an NT hash. Errors: see readStoredHash. */
export function hasStoredHash(stored: Uint8Array, rid: number, place: ValuePlace): boolean {
  return headerOfHash(stored, rid, place) !== undefined;
}

/**
 * Takes an account's stored NT hash apart. Undefined where only the header is stored: the account has no password.
 * Stored form: key id u16, revision u16 (1 RC4, 2 AES), for AES data offset u32 and salt[16], then the hash. Throws a
 * SamError for other revisions and lengths; its offset counts from the start of the stored form.
 */
export function readStoredHash(stored: Uint8Array, rid: number, place: ValuePlace): StoredHash | undefined {
  const header = headerOfHash(stored, rid, place);
  if (header === undefined) return undefined;
  return {
    salt: header === RC4_HEADER ? undefined : stored.subarray(8, AES_HEADER),
    encrypted: stored.subarray(header, header + HASH),
  };
}

/** Bytes of the header that a hash follows; undefined where none does. */
function headerOfHash(stored: Uint8Array, rid: number, place: ValuePlace): number | undefined {
  if (stored.length < RC4_HEADER) return undefined;
  const revision = readU16(stored, 2);
  if (revision !== 1 && revision !== 2) {
    throw new SamError(place, 2, `the password hash of account ${rid} has the unknown revision ${revision}`);
  }
  const header = revision === 1 ? RC4_HEADER : AES_HEADER;
  if (stored.length === header || (revision === 2 && stored.length < header)) return undefined;
  if (stored.length < header + HASH) {
    throw new SamError(
      place,
      stored.length,
      `the password hash of account ${rid} has ${stored.length} bytes instead of at least ${header + HASH}`,
    );
  }
  return header;
}

/** Decrypts an account's stored NT hash; undefined where the account has no password. Errors: see readStoredHash. */
export function openHash(
  stored: Uint8Array,
  rid: number,
  domain: DomainKey,
  place: ValuePlace,
): Uint8Array | undefined {
  const parts = readStoredHash(stored, rid, place);
  if (parts === undefined) return undefined;
  const { salt, encrypted } = parts;
  return unwrap(
    salt === undefined ? rc4(rc4Key(domain.key, rid), encrypted) : aesCbcDecrypt(domain.key, salt, encrypted),
    rid,
  );
}

/** The stored form of no hash: a header, which needs no key. `salt` (16 bytes) matters for AES only. */
export function sealNone(cipher: SamCipher, keyId: number, salt: Uint8Array): Uint8Array {
  const aes = cipher === 'aes';
  const header = new Uint8Array(aes ? AES_HEADER : RC4_HEADER);
  writeU16(header, 0, keyId);
  writeU16(header, 2, aes ? 2 : 1);
  if (aes) header.set(salt, 8);
  return header;
}

/** The stored form of an NT hash in the domain's cipher. `salt` (16 bytes) matters for AES only. */
export function sealHash(
  hash: Uint8Array,
  rid: number,
  domain: DomainKey,
  keyId: number,
  salt: Uint8Array,
): Uint8Array {
  const header = sealNone(domain.cipher, keyId, salt);
  const wrapped = wrap(hash, rid);
  if (domain.cipher === 'rc4') return concatBytes(header, rc4(rc4Key(domain.key, rid), wrapped));
  writeU32(header, 4, AES_HEADER);
  const padded = concatBytes(wrapped, new Uint8Array(HASH).fill(HASH));
  return concatBytes(header, aesCbcEncrypt(domain.key, salt, padded));
}

function rc4Key(domainKey: Uint8Array, rid: number): Uint8Array {
  return md5(concatBytes(domainKey, ridBytes(rid), NT_PASSWORD));
}

/** The hash's halves are DES-encrypted with keys made of the account's relative identifier. */
function wrap(hash: Uint8Array, rid: number): Uint8Array {
  const [first, second] = ridKeys(rid);
  return concatBytes(desEncryptBlock(first, hash.subarray(0, 8)), desEncryptBlock(second, hash.subarray(8)));
}

function unwrap(wrapped: Uint8Array, rid: number): Uint8Array {
  const [first, second] = ridKeys(rid);
  return concatBytes(
    desDecryptBlock(first, wrapped.subarray(0, 8)),
    desDecryptBlock(second, wrapped.subarray(8)),
  );
}

function ridKeys(rid: number): [Uint8Array, Uint8Array] {
  const bytes = ridBytes(rid);
  const key = (...places: readonly number[]) =>
    spreadDesKey(Uint8Array.from(places, (place) => bytes[place]!));
  return [key(0, 1, 2, 3, 0, 1, 2), key(3, 0, 1, 2, 3, 0, 1)];
}

function ridBytes(rid: number): Uint8Array {
  const bytes = new Uint8Array(4);
  writeU32(bytes, 0, rid);
  return bytes;
}

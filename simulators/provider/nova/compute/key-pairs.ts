import { constants, createHash, generateKeyPair, publicEncrypt, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { execa } from 'execa';
import { utils } from 'ssh2';
import { refuse } from './refusal';

export type KeyType = 'ssh' | 'x509';

/** A public key that a user has given, or had made; it is the user's in all projects. */
export interface KeyPair {
  /** Counted from 1 in the whole cloud. */
  readonly id: number;
  readonly userId: string;
  readonly name: string;
  readonly type: KeyType;
  /** A line as in `authorized_keys`, or a certificate in PEM. */
  readonly publicKey: string;
  /** Bytes in hexadecimal, with colons. */
  readonly fingerprint: string;
  /** Epoch milliseconds of lab time. */
  readonly created: number;
}

/** `[quota] key_pairs` of nova.conf: how many one user may have. */
export const MOST_KEY_PAIRS = 100;

/** The key pairs of all users. */
export class KeyPairs {
  readonly #pairs: KeyPair[] = [];
  #made = 0;

  /** In the order of their names. */
  of(userId: string): readonly KeyPair[] {
    return this.#pairs
      .filter((pair) => pair.userId === userId)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  find(userId: string, name: string): KeyPair | undefined {
    return this.#pairs.find((pair) => pair.userId === userId && pair.name === name);
  }

  /** Refuses one too many, and a name that the user has already. */
  refuseAnother(userId: string, name: string): void {
    if (this.of(userId).length >= MOST_KEY_PAIRS) {
      throw refuse.forbidden('Quota exceeded, too many key pairs.');
    }
    if (this.find(userId, name) !== undefined) {
      throw refuse.conflict(`Key pair '${name}' already exists.`);
    }
  }

  add(pair: Omit<KeyPair, 'id'>): KeyPair {
    this.refuseAnother(pair.userId, pair.name);
    const added = { ...pair, id: ++this.#made };
    this.#pairs.push(added);
    return added;
  }

  delete(pair: KeyPair): void {
    this.#pairs.splice(this.#pairs.indexOf(pair), 1);
  }
}

/** The fingerprint of a public key; a refusal of what is none (nova/crypto.py). */
export function fingerprintOf(type: KeyType, publicKey: string): string {
  return type === 'ssh' ? sshFingerprint(publicKey) : certificateFingerprint(publicKey);
}

/** Makes a key: RSA of 2048 bits, as Nova does; for `x509` with a certificate that WinRM takes for the user. */
export async function makeKey(
  type: KeyType,
  userId: string,
): Promise<{ readonly privateKey: string; readonly publicKey: string }> {
  return type === 'ssh' ? makeSshKey() : makeCertificate(userId);
}

/** A password that only the holder of an RSA key reads, in base64; undefined for keys of other kinds. */
export function encryptFor({ type, publicKey }: KeyPair, password: string): string | undefined {
  const parsed = utils.parseKey(publicKey);
  if (type !== 'ssh' || parsed instanceof Error || parsed.type !== 'ssh-rsa') {
    return undefined;
  }
  const key = { key: parsed.getPublicPEM(), padding: constants.RSA_PKCS1_PADDING };
  return publicEncrypt(key, Buffer.from(password)).toString('base64');
}

function sshFingerprint(publicKey: string): string {
  const [kind, blob = ''] = publicKey.split(' ');
  const parsed = utils.parseKey(publicKey);
  if (parsed instanceof Error || Array.isArray(parsed) || parsed.isPrivateKey() || parsed.type !== kind) {
    throw refuse.badRequest('Keypair data is invalid: failed to generate fingerprint');
  }
  return withColons(createHash('md5').update(Buffer.from(blob, 'base64')).digest('hex'));
}

function certificateFingerprint(pem: string): string {
  try {
    return new X509Certificate(pem).fingerprint.toLowerCase();
  } catch (cause) {
    throw refuse.badRequest(
      `Keypair data is invalid: failed to generate X509 fingerprint. Error message: ${(cause as Error).message}`,
      { cause },
    );
  }
}

async function makeSshKey() {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const parsed = utils.parseKey(privateKey);
  if (parsed instanceof Error) {
    throw parsed;
  }
  return {
    privateKey,
    publicKey: `${parsed.type} ${parsed.getPublicSSH().toString('base64')} Generated-by-Nova`,
  };
}

/** The private key is a PKCS #12 archive without a password, in base64. */
async function makeCertificate(userId: string) {
  const { stdout } = await execa('openssl', [
    ...['req', '-x509', '-nodes', '-days', '3650', '-newkey', 'rsa:2048', '-keyout', '-'],
    ...['-subj', `/CN=${userId}`, '-addext', 'extendedKeyUsage=clientAuth'],
    ...['-addext', `subjectAltName=otherName:1.3.6.1.4.1.311.20.2.3;UTF8:${userId}@localhost`],
  ]);
  const archive = await execa('openssl', ['pkcs12', '-export', '-password', 'pass:'], {
    input: stdout,
    encoding: 'buffer',
  });
  return {
    privateKey: Buffer.from(archive.stdout).toString('base64'),
    publicKey: stdout.slice(stdout.indexOf('-----BEGIN CERTIFICATE-----')),
  };
}

function withColons(digits: string): string {
  return (digits.match(/../g) ?? []).join(':');
}

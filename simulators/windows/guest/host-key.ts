import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** OpenSSH's own format of private keys (PROTOCOL.key in its sources), without a passphrase. */
const MAGIC = Buffer.from('openssh-key-v1\0');
const TYPE = 'ssh-ed25519';
const NONE = 'none';
const BLOCK = 8;
/** PKCS #8 of an Ed25519 key, up to its 32 bytes (RFC 8410, section 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Puts the machine's SSH host key where sshd reads it, for its eyes only. It stays the same over restarts, where OpenSSH for
 * Windows keeps it; a new one is made where there is none that can be used. `ssh-keygen` would do the same in half a second
 * of processor time under emulation, before anybody can log in.
 * @param kept `C:\ProgramData\ssh\ssh_host_ed25519_key`, with its public half beside it; a full or read-only drive does not
 *   keep anyone out
 */
export async function prepareHostKey(kept: string, used: string): Promise<void> {
  const before = await readFile(kept, 'utf8').catch(() => '');
  if (isHostKey(before)) {
    await writeFile(used, before, { mode: 0o600 });
    return;
  }
  const { privateText, publicText } = newHostKey();
  await writeFile(used, privateText, { mode: 0o600 });
  try {
    await mkdir(dirname(kept), { recursive: true });
    await writeFile(`${kept}.pub`, publicText);
    await writeFile(`${kept}.new`, privateText, { mode: 0o600 });
    await rename(`${kept}.new`, kept);
  } catch {
    await rm(`${kept}.new`, { force: true }).catch(() => undefined);
  }
}

/** An Ed25519 key as ssh-keygen writes it: the private file and the line of the public one. */
export function newHostKey(): { readonly privateText: string; readonly publicText: string } {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const publicKey = Buffer.from(x!, 'base64url');
  const publicPart = Buffer.concat([field(TYPE), field(publicKey)]);
  const check = randomBytes(4);
  const secret = Buffer.concat([Buffer.from(d!, 'base64url'), publicKey]);
  const plain = Buffer.concat([check, check, publicPart, field(secret), field('')]);
  const padding = Buffer.from(Array.from({ length: -plain.length & (BLOCK - 1) }, (_, index) => index + 1));
  const one = Buffer.from([0, 0, 0, 1]);
  const privatePart = field(Buffer.concat([plain, padding]));
  const bytes = [MAGIC, field(NONE), field(NONE), field(''), one, field(publicPart), privatePart];
  const lines = Buffer.concat(bytes)
    .toString('base64')
    .match(/.{1,70}/g)!;
  return {
    privateText: [
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      ...lines,
      '-----END OPENSSH PRIVATE KEY-----',
      '',
    ].join('\n'),
    publicText: `${TYPE} ${publicPart.toString('base64')}\n`,
  };
}

/** Whether the text is such a key, whole and with halves that belong together. */
function isHostKey(text: string): boolean {
  const [, base64 = ''] =
    /^-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*)-----END OPENSSH PRIVATE KEY-----\s*$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return false;
  const [cipher, , , publicPart, privatePart] = fields(bytes.subarray(MAGIC.length), 3);
  if (cipher?.toString() !== NONE || publicPart === undefined || privatePart === undefined) return false;
  if (!privatePart.subarray(0, 4).equals(privatePart.subarray(4, 8))) return false;
  const [type, publicKey, secret] = fields(privatePart.subarray(8));
  if (type?.toString() !== TYPE || publicKey?.length !== 32 || secret?.length !== 64) return false;
  return publicHalf(secret.subarray(0, 32)).equals(publicKey) && publicPart.subarray(-32).equals(publicKey);
}

/** The public key that belongs to a private one of 32 bytes. */
function publicHalf(seed: Buffer): Buffer {
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
}

function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** What the fields hold that follow each other; a number without a length stands before the one with the index `after`. */
function fields(bytes: Buffer, after = Number.POSITIVE_INFINITY): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    if (found.length === after) at += 4;
    if (at + 4 > bytes.length) break;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) break;
    found.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return found;
}

import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { fingerprintOf, makeKey } from './key-pairs';

it('makes a certificate for a user, with its key in an archive without a password', async () => {
  const { privateKey, publicKey } = await makeKey('x509', 'nadia');
  const certificate = new X509Certificate(publicKey);
  expect(certificate.subject).toBe('CN=nadia');
  expect(fingerprintOf('x509', publicKey)).toMatch(/^([0-9a-f]{2}:){19}[0-9a-f]{2}$/);
  const { stdout } = await execa('openssl', ['pkcs12', '-nodes', '-nocerts', '-passin', 'pass:'], {
    input: Buffer.from(privateKey, 'base64'),
  });
  const fromKey = createPublicKey(createPrivateKey(stdout));
  expect(fromKey.equals(certificate.publicKey)).toBe(true);
});

it("fingerprints an SSH key as OpenSSH's MD5 does", async () => {
  const { publicKey } = await makeKey('ssh', 'nadia');
  const { stdout } = await execa('ssh-keygen', ['-l', '-E', 'md5', '-f', '-'], { input: publicKey });
  expect(stdout).toContain(`MD5:${fingerprintOf('ssh', publicKey)} `);
});

it.each([
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB',
  'ssh-dss AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti',
  'no key',
  '',
])('takes %j for no SSH key', (text) => {
  expect(() => fingerprintOf('ssh', text)).toThrow('Keypair data is invalid: failed to generate fingerprint');
});

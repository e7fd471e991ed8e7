import { execa } from 'execa';

/** A key and its self-signed certificate, PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly certificate: string;
}

/** Makes a new identity for an address (`127.0.0.1`) and for names, good for a year. */
export async function createTlsIdentity(address: string, names: readonly string[]): Promise<TlsIdentity> {
  const subjects = [`IP:${address}`, ...['localhost', ...names].map((name) => `DNS:${name}`)].join(',');
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const { stdout } = await execa('openssl', [
    ...words,
    ...['-keyout', '-', '-days', '365', '-subj', '/CN=Rescue Lab', '-addext', `subjectAltName=${subjects}`],
  ]).catch((cause: unknown) => {
    throw new Error(
      `openssl could not make a certificate for ${address}. Install the Debian package openssl.`,
      { cause },
    );
  });
  const [key, certificate] = ['PRIVATE KEY', 'CERTIFICATE'].map(
    (kind) => new RegExp(`-----BEGIN ${kind}-----[^]*?-----END ${kind}-----\n?`).exec(stdout)?.[0],
  );
  if (key === undefined || certificate === undefined) {
    throw new Error(
      `openssl made no key with a certificate for ${address}; it printed ${stdout.length} bytes.`,
    );
  }
  return { key, certificate };
}

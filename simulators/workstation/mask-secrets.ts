/** Replaces each secret by asterisks, so that a text can go into an error, a log or a report. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((masked, secret) => masked.replaceAll(secret, '********'), text);
}

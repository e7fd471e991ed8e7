/** What stands in the place of a secret in every log, page and message. */
export const MASK = '********';

/** Shorter values are left alone: masking "a" or "123" everywhere would make a log unreadable and protect nothing. */
const SHORTEST_SECRET = 4;

/**
 * Replaces every secret in a text, also where it was URL-encoded, JSON- or HTML-escaped, or is part of a base64 value
 * (an `Authorization: Basic` header, a config drive). Longer secrets go first, so that one inside another is safe.
 */
export function maskSecrets(text: string, secrets: Iterable<string>): string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue;
    for (const form of writtenForms(secret)) forms.add(form);
  }
  let masked = text;
  for (const form of [...forms].sort((a, b) => b.length - a.length)) masked = masked.replaceAll(form, MASK);
  return masked;
}

function writtenForms(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
  return [secret, json, html, encodeURIComponent(secret), ...base64Cores(secret)];
}

/**
 * The part of a secret's base64 that does not depend on its neighbours, for each of the three ways in which its first
 * byte can fall into a group of three. Cores under six characters would match by chance and are dropped.
 */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const cores: string[] = [];
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const start = Math.ceil((shift * 8) / 6);
    const end = Math.floor(((shift + bytes.length) * 8) / 6);
    if (end - start >= 6) cores.push(encoded.slice(start, end));
  }
  return cores;
}

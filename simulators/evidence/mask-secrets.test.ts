import { describe, expect, it } from 'vitest';
import { maskFields } from './mask-fields';
import { MASK, maskSecrets } from './mask-secrets';
import { SecretBook } from './secret-book';

describe('maskSecrets', () => {
  it('masks a secret wherever it stands', () => {
    expect(maskSecrets('pw=Tr0ub4dor; again Tr0ub4dor', ['Tr0ub4dor'])).toBe(`pw=${MASK}; again ${MASK}`);
  });

  it('masks the longer secret first, so that nothing of it is left', () => {
    expect(maskSecrets('hunter2hunter2', ['hunter2', 'hunter2hunter2'])).toBe(MASK);
  });

  it.each([
    ['URL-encoded', 'a&b "c"<d>', (secret: string) => encodeURIComponent(secret)],
    ['JSON-escaped', 'a"b\\cde', (secret: string) => JSON.stringify(secret)],
    ['HTML-escaped', 'a<b>&"c', () => 'a&lt;b&gt;&amp;&quot;c'],
    ['Basic authorization', 'Sesame-2024', (secret: string) => btoa(`Administrator:${secret}`)],
    ['base64 one byte later', 'Sesame-2024', (secret: string) => btoa(`Administrators:${secret}`)],
    ['base64 two bytes later', 'Sesame-2024', (secret: string) => btoa(`xAdministrators:${secret}!`)],
  ])('masks the %s form', (_name, secret, write) => {
    const masked = maskSecrets(write(secret), [secret]);
    expect(masked).toContain(MASK);
    expect(Buffer.from(masked, 'base64').toString()).not.toContain(secret.slice(2, -2));
  });

  it('treats regular expression characters as text', () => {
    expect(maskSecrets('p.*$& and pXX$&', ['p.*$&'])).toBe(`${MASK} and pXX$&`);
  });

  it('leaves values alone that are too short to be secrets', () => {
    expect(maskSecrets('a cat sat', ['', 'a', 'cat'])).toBe('a cat sat');
  });
});

describe('maskFields', () => {
  it('masks by field name, at any depth, and keeps the rest', () => {
    expect(
      maskFields({
        method: 'POST',
        headers: {
          Authorization: 'Basic eA==',
          'X-Auth-Token': 'gAAA',
          'X-Ovh-Application': 'app',
          Cookie: 'a=b',
        },
        body: [{ adminPass: 'x', user_password: 'y', name: 'server' }],
      }),
    ).toEqual({
      method: 'POST',
      headers: { Authorization: MASK, 'X-Auth-Token': MASK, 'X-Ovh-Application': 'app', Cookie: MASK },
      body: [{ adminPass: MASK, user_password: MASK, name: 'server' }],
    });
  });
});

describe('SecretBook', () => {
  it('knows what another thread of the process added', async () => {
    const here = new SecretBook().share();
    const there = new SecretBook().share();
    there.add('correct-horse');
    await expect.poll(() => here.finds('correct-horse')).toBe(true);
    expect(here.mask('the password is correct-horse')).toBe(`the password is ${MASK}`);
  });
});

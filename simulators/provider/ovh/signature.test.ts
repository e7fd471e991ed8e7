import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sign, signatureFits, signedSpellings } from './signature';

// The vectors of the official Go client (go-ovh, ovh/ovh_test.go).
const KEYS = {
  applicationSecret: '9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk',
  consumerKey: '5mBuy6SUQcRw2ZUxg0cG68BoDKpED4KY',
  timestamp: '1457018875',
};
const AUTH = 'https://eu.api.ovh.com/1.0/auth';
const BODY = '{"a":"b","c":"d"}';

const VECTORS = [
  ['GET', AUTH, '', '$1$e9556054b6309771395efa467c22e627407461ad'],
  ['POST', AUTH, BODY, '$1$ec2fb5c7a81f64723c77d2e5b609ae6f58a84fc1'],
  ['PUT', AUTH, BODY, '$1$8a75a9e7c8e7296c9dbeda6a2a735eb6bd58ec4b'],
  ['DELETE', AUTH, '', '$1$a1eecd00b3b02b6cf5708b84b9ff42059a950d85'],
  ['GET', 'https://eu.api.ovh.com/1.0/call', '', '$1$7f2db49253edfc41891023fcd1a54cf61db05fbb'],
  ['GET', 'https://eu.api.ovh.com/v1/call', '', '$1$e6e7906d385eb28adcbfbe6b66c1528a42d741ad'],
  ['GET', 'https://eu.api.ovh.com/v2/call', '', '$1$bb63b132a6f84ad5433d0c534d48d3f7c3804285'],
] as const;

test.each(VECTORS)('%s %s is signed as go-ovh signs it', (method, url, body, signature) => {
  expect(sign({ ...KEYS, method, url, body })).toBe(signature);
});

test('a signature covers method, URL, body and time', () => {
  const signature = VECTORS[1][3];
  const parts = { ...KEYS, method: 'POST', body: BODY };
  expect(signatureFits(signature, parts, ['https://other.example/', AUTH])).toBe(true);
  expect(signatureFits(signature, parts, [`${AUTH}/`])).toBe(false);
  expect(signatureFits(signature, { ...parts, method: 'PUT' }, [AUTH])).toBe(false);
  expect(signatureFits(signature, { ...parts, body: '{}' }, [AUTH])).toBe(false);
  expect(signatureFits(signature, { ...parts, timestamp: '1457018876' }, [AUTH])).toBe(false);
  expect(signatureFits('short', parts, [AUTH])).toBe(false);
});

test('a client on a port of its own may sign as if it were on 443', () => {
  expect(signedSpellings(new URL('http://127.0.0.1:8080/1.0/me?a=b'))).toEqual([
    'http://127.0.0.1:8080/1.0/me?a=b',
    'https://127.0.0.1:8080/1.0/me?a=b',
    'https://127.0.0.1/1.0/me?a=b',
  ]);
});

test('an apostrophe in a query may be signed as it is', () => {
  const spellings = signedSpellings(new URL("http://127.0.0.1:8080/1.0/me?a=it's"));
  expect(spellings).toContain("http://127.0.0.1:8080/1.0/me?a=it's");
  expect(spellings).toContain('http://127.0.0.1:8080/1.0/me?a=it%27s');
});

const shared = process.env['RESCUE_LAB_SHARED'] ?? join(__dirname, '../../../../shared');
const facts = (() => {
  try {
    return readFileSync(join(shared, 'facts/ovh.md'), 'utf8');
  } catch {
    return undefined;
  }
})();

describe.skipIf(facts === undefined)('the collected facts', () => {
  test('list every one of these signatures', () => {
    for (const [, , , signature] of VECTORS) {
      expect(facts).toContain(signature);
    }
  });
});

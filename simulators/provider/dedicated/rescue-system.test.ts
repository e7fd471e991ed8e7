import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { seededRandom } from '../random';
import { createPassword, createRescueSession } from './rescue-system';

test('a password can be typed on QWERTY, AZERTY and QWERTZ, and read without doubt', () => {
  const random = seededRandom('passwords');
  const seen = new Set<string>();
  for (let count = 0; count < 200; count++) {
    const password = createPassword(random).reveal();
    expect(password).toMatch(/^[a-zA-Z]{16}$/);
    expect(password).not.toMatch(/[aqzwymlio]/i);
    expect(password).toMatch(/[a-z].*[A-Z]|[A-Z].*[a-z]/);
    seen.add(password);
  }
  expect(seen.size).toBe(200);
});

test('a session does not show its password by accident', () => {
  const session = createRescueSession('rescue-customer-windows', seededRandom('x'));
  const password = session?.password.reveal() ?? '';
  expect(password).toHaveLength(16);
  for (const shown of [inspect(session), JSON.stringify(session), `${session?.password}`]) {
    expect(shown).toContain('[secret]');
    expect(shown).not.toContain(password);
  }
});

test('the iPXE shell is no rescue system with a login', () => {
  expect(createRescueSession('ipxe-shell', seededRandom('x'))).toBeUndefined();
});

import { expect, it } from 'vitest';
import { type AccountPolicy, accountRefusal, type LocalAccount } from '.';

const DAY = 864_000_000_000n;
const MINUTE = DAY / 1440n;
const now = 1000n * DAY;
const account: LocalAccount = {
  rid: 500,
  name: 'Administrator',
  fullName: '',
  comment: '',
  enabled: true,
  locked: false,
  badPasswords: 0,
  lastWrongPassword: 0n,
  passwordNeverExpires: false,
  passwordRequired: true,
  hasPassword: true,
  passwordLastSet: now - 41n * DAY,
  lastLogon: 0n,
  expires: undefined,
  administrator: true,
};
const policy: AccountPolicy = {
  maximumPasswordDays: 42,
  minimumPasswordDays: 0,
  minimumPasswordLength: 0,
  passwordHistory: 0,
  complexPasswords: false,
  lockoutThreshold: 0,
  lockoutMinutes: 30,
  lockoutWindowMinutes: 30,
};

it.each([
  ['an ordinary account', {}, undefined, undefined],
  ['a disabled one', { enabled: false }, 'disabled', 'disabled'],
  ['a locked one', { locked: true }, 'locked', 'locked'],
  ['one locked a while ago', { locked: true, lastWrongPassword: now - 29n * MINUTE }, 'locked', 'locked'],
  ['one whose lock is over', { locked: true, lastWrongPassword: now - 30n * MINUTE }, undefined, undefined],
  ['one that has expired', { expires: now - 1n }, 'expired', 'expired'],
  ['one that will expire', { expires: now + 1n }, undefined, undefined],
  ['a password of 42 days', { passwordLastSet: now - 42n * DAY }, 'password-expired', undefined],
  ['a password to be changed', { passwordLastSet: 0n }, 'password-expired', undefined],
  [
    'an old password that does not expire',
    { passwordLastSet: 0n, passwordNeverExpires: true },
    undefined,
    undefined,
  ],
  ['no password', { hasPassword: false, passwordLastSet: 0n }, 'blank-password', undefined],
])('%s', (_name, change, network, console) => {
  const rules = { policy, limitBlankPasswords: true, now };
  const changed = { ...account, ...change };
  expect(accountRefusal(changed, 'network', rules)).toBe(network);
  expect(accountRefusal(changed, 'console', rules)).toBe(console);
});

it('lets blank passwords and old ones in where the rules do', () => {
  const rules = { policy: { ...policy, maximumPasswordDays: undefined }, limitBlankPasswords: false, now };
  expect(accountRefusal({ ...account, hasPassword: false }, 'network', rules)).toBeUndefined();
  expect(accountRefusal({ ...account, passwordLastSet: DAY }, 'network', rules)).toBeUndefined();
});

import { expect, it } from 'vitest';
import { createHive, parseHive } from '../regf';
import { createSam, listAccounts, SamDatabase, SamError } from '.';
import type { AccountSummary } from './local-account';

const bootKey = new Uint8Array(16).fill(3);

it('lists what the database lists, without its boot key', () => {
  const file = createSam({
    bootKey,
    random: (length) => new Uint8Array(length).fill(1),
    accounts: [
      { name: 'nadia', password: 'Secret-1', administrator: true },
      { name: 'Jürgen', enabled: false },
    ],
  }).serialize();
  const seen: AccountSummary[] = [];
  listAccounts(file, (account) => seen.push(account));
  const accounts = SamDatabase.open(parseHive(file), () => bootKey).listAccounts();
  expect(accounts).toEqual(seen.map((account) => expect.objectContaining(account)));
  expect(seen.map(({ name, administrator }) => [name, administrator])).toEqual([
    ['Administrator', true],
    ['Guest', false],
    ['nadia', true],
    ['Jürgen', false],
  ]);
});

it('refuses a hive that is no SAM', () => {
  expect(() => listAccounts(createHive('ROOT').serialize(), () => undefined)).toThrow(SamError);
});

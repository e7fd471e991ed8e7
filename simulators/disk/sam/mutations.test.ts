import { expect, it } from 'vitest';
import { concatBytes } from '../bytes';
import { createHive, type Hive, parseHive } from '../regf';
import { tryMutations } from '../testing/mutations';
import { accountPolicyOf, BuiltinGroup, bootKeyOf, createSam, SamDatabase } from '.';
import { writeBootKey } from './boot-key';

const bootKey = Uint8Array.from({ length: 16 }, (_x, index) => 11 * index + 5);

function smallSam(cipher: 'rc4' | 'aes'): Uint8Array {
  let next = 1;
  const random = (length: number) => Uint8Array.from({ length }, () => (next = (next * 77 + 13) & 0xff));
  const accounts = [{ name: 'Administrator', password: 'Old-Secret1' }];
  return createSam({ bootKey, random, cipher, accounts }).serialize();
}

/** Half a minute is enough on a quiet machine by far; a busy one shall not fail. */
const PATIENCE = 120_000;

/** Reads all that there is. */
function readAccounts(hive: Hive): SamDatabase {
  const database = SamDatabase.open(hive, () => bootKey);
  accountPolicyOf(hive);
  database.listAccounts();
  database.listGroups();
  return database;
}

/** Changes the administrator as guides do. DES costs most here, so that only some inputs get to it. */
function changeAdministrator(hive: Hive, decrypt: boolean): void {
  const database = readAccounts(hive);
  if (decrypt) database.ntHashOf('Administrator');
  database.setPassword('Administrator', '');
  database.setLocked('Administrator', false);
  database.setEnabled('Administrator', true);
  database.addToGroup('Administrator', BuiltinGroup.remoteDesktopUsers);
}

it(
  'reads or refuses every damaged hive',
  () => {
    const seeds = [smallSam('rc4'), smallSam('aes')];
    const { accepted, refused } = tryMutations(seeds, (bytes) => readAccounts(parseHive(bytes)));
    expect(accepted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  },
  PATIENCE,
);

it(
  'reads or refuses every damaged record in a sound hive',
  () => {
    const sound = (['rc4', 'aes'] as const).map(smallSam);
    const account = 'SAM\\Domains\\Account';
    const records = [
      [account, 'F'],
      [account, 'V'],
      [`${account}\\Users\\000001F4`, 'F'],
      [`${account}\\Users\\000001F4`, 'V'],
      ['SAM\\Domains\\Builtin\\Aliases\\00000220', 'C'],
      ['SAM\\Domains\\Builtin\\Aliases\\0000022B', 'C'],
    ] as const;
    // One input holds all records in a row behind the number of its hive; a short one cuts the last ones.
    const sizes = sound.map((bytes) => {
      const hive = parseHive(bytes);
      return records.map(([key, value]) => hive.key(key)!.getBinary(value)!.length);
    });
    const seeds = sound.map((bytes, index) => {
      const hive = parseHive(bytes);
      const parts = records.map(([key, value]) => hive.key(key)!.getBinary(value)!);
      return concatBytes(Uint8Array.of(index), ...parts);
    });
    let count = 0;
    const hives = sound.map((bytes) => parseHive(bytes));
    const read = (input: Uint8Array) => {
      const which = (input[0] ?? 0) % sound.length;
      const hive = hives[which]!;
      let at = 1;
      records.forEach(([key, value], index) => {
        const end = at + sizes[which]![index]!;
        hive.key(key)!.setBinary(value, input.slice(at, end));
        at = end;
      });
      count += 1;
      changeAdministrator(hive, count % 8 === 0);
    };
    for (const seed of seeds) read(seed);
    const { accepted, refused } = tryMutations(seeds, read);
    expect(accepted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  },
  PATIENCE,
);

it(
  'finds or refuses the boot key of every damaged SYSTEM hive',
  () => {
    const system = createHive('ROOT');
    system.createKey('Select').setDword('Current', 1);
    writeBootKey(system, 'ControlSet001', bootKey);
    const { accepted, refused } = tryMutations([system.serialize()], (bytes) => bootKeyOf(parseHive(bytes)));
    expect(accepted).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  },
  PATIENCE,
);

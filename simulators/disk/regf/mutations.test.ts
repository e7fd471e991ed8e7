import { expect, it } from 'vitest';
import { tryMutations } from '../testing/mutations';
import { createHive, parseHive } from './index';

it('reads or refuses every damaged hive, and says where and why', () => {
  const hive = createHive('ROOT', { minorVersion: 5, fileName: 'test' });
  for (let index = 0; index < 20; index += 1) {
    const key = hive.createKey(`Branch${index % 4}\\Leaf${index}`);
    key.setString('Name', `value ${index}`);
    key.setDword('Number', index);
  }
  hive.createKey('Big').setBinary('Data', new Uint8Array(40_000).fill(7));
  const { accepted, refused } = tryMutations([hive.serialize()], (bytes) => parseHive(bytes));
  expect(accepted).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

import { describe, expect, it } from 'vitest';
import { createHive, openHive } from '.';

function hive(): Uint8Array {
  const tree = createHive('ROOT');
  for (const path of ['Alpha\\Beta', 'Alpha\\Gamma', 'Omega'])
    tree.createKey(path).setBinary('Data', Uint8Array.of(path.length));
  return tree.serialize();
}

/** Where the `nk` record of a key starts. */
const recordOf = (bytes: Uint8Array, name: string) => Buffer.from(bytes).indexOf(name, 'latin1') - 0x4c;

describe('a key that still lies in its file', () => {
  it('is found by its path in any case, with its values', () => {
    const root = openHive(hive());
    expect(root.key('ALPHA\\beta')?.path).toBe('Alpha\\Beta');
    expect(root.key('Alpha\\Beta')?.getBinary('dATA')).toEqual(Uint8Array.of(10));
    expect(root.key('Alpha\\Beta')?.getBinary('Other')).toBeUndefined();
    expect(root.key('Alpha\\Delta')).toBeUndefined();
    expect(root.subkeys().map(({ name }) => name)).toEqual(['Alpha', 'Omega']);
    expect(root.subkeys()).toBe(root.subkeys());
  });

  it('does not mind damage in what nobody asks for', () => {
    const bytes = hive();
    const at = recordOf(bytes, 'Gamma');
    bytes[at] = 0;
    const root = openHive(bytes);
    expect(root.key('Omega')?.getBinary('Data')).toEqual(Uint8Array.of(5));
    expect(() => root.key('Alpha\\Beta')).toThrow(expect.objectContaining({ offset: at }));
  });
});

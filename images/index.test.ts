import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { allRecipes, ImageStore, labRecipes, serverDisk, workstationImage } from '.';

it('servers of other versions, the listings and the workstation are not among what every lab needs', () => {
  const rest = allRecipes.filter((recipe) => !labRecipes.includes(recipe)).map(({ name }) => name);
  const versions = ['2012-r2', '2016', '2019', '2022'];
  expect(rest.sort()).toEqual(
    [
      ...['2003', '2008', ...versions].map((version) => `windows-server-${version}-disk`),
      ...versions.map((version) => `windows-server-${version}-uefi-disk`),
      'listing',
      'listing-engine',
      'workstation',
    ].sort(),
  );
  expect(() => serverDisk('windows-server-2008-r2', 'UEFI')).toThrow(
    'Windows Server 2008 R2 Standard is not installed for UEFI here.',
  );
});

it('its name in an engine carries the key, and nothing is built to know it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rl-cache-'));
  try {
    const store = new ImageStore(path.join(folder, 'cache'));
    const { name } = await workstationImage(() => undefined, store);
    const state = await store.state(allRecipes.at(-1)!);
    expect(name).toBe(`rescue-lab-workstation:${state.key.slice(0, 20)}`);
    expect(path.basename(state.directory)).toBe(name.replace('rescue-lab-', '').replace(':', '-'));
    expect(existsSync(store.directory)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

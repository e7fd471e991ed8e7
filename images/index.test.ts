import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { allRecipes, ImageStore, labRecipes, workstationImage } from '.';

it("neither the workstation's image nor the listings are among those that every lab needs", () => {
  const rest = allRecipes.filter((recipe) => !labRecipes.includes(recipe));
  expect(rest.map(({ name }) => name)).toEqual(['listing-engine', 'listing', 'workstation']);
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

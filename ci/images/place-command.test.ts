import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeCommand } from './place-command';

it('puts the files of an image into bin, and those of another image in their place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rl-place-'));
  try {
    const image = (name: string) => {
      mkdirSync(join(folder, name));
      for (const file of ['rescue-lab', 'listing.cjs', 'manifest.json'])
        writeFileSync(join(folder, name, file), name);
      return join(folder, name);
    };
    const program = await placeCommand(image('listing-1'), folder);
    expect(program).toBe(join(folder, 'bin/rescue-lab'));
    expect(readdirSync(join(folder, 'bin')).sort()).toEqual(['image', 'listing.cjs', 'rescue-lab']);
    expect(statSync(program).mode & 0o111).toBe(0o111);
    await placeCommand(image('listing-2'), folder);
    expect(readFileSync(program, 'utf8')).toBe('listing-2');
    writeFileSync(program, 'as it was');
    await placeCommand(join(folder, 'listing-2'), folder);
    expect(readFileSync(program, 'utf8')).toBe('as it was');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ImageStore, labRecipes } from '../../images';
import { addressesContract } from '../../simulators/lab/testing/addresses-contract';

const store = new ImageStore();
const built = labRecipes.every((recipe) => existsSync(join(store.directoryOf(recipe), 'manifest.json')));

describe.skipIf(!built)('rescue-lab up --json', () => {
  it('prints one line with everything, answers there, and takes all down on Ctrl-C', async () => {
    const up = execa({ reject: false, env: { CI: '1' } })(process.execPath, [
      join(__dirname, '../bin/rescue-lab.mjs'),
      'up',
      '--json',
    ]);
    const line = await new Promise<string>((resolve) => {
      up.stdout.once('data', (chunk) => resolve(String(chunk)));
    });
    const lab = addressesContract.parse(JSON.parse(line));
    expect(lab.servers).toHaveLength(2);
    expect((await fetch(`${lab.ovh.endpoint}/auth/time`)).status).toBe(200);
    expect((await fetch(lab.panel)).status).toBe(200);
    up.kill('SIGINT');
    const { exitCode, stdout } = await up;
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toHaveLength(1);
    await expect(fetch(`${lab.ovh.endpoint}/auth/time`)).rejects.toThrow();
  });
});

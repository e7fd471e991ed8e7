import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allRecipes, ImageStore } from '../../images';

const store = new ImageStore();
const built = allRecipes.every((recipe) => existsSync(join(store.directoryOf(recipe), 'manifest.json')));

/** The contract of `rescue-lab up --json` for other people's programs. */
const hostPort = z.string().regex(/^127\.[\d.]+:\d+$/);
const contract = z.strictObject({
  ovh: z.strictObject({
    endpoint: z.url(),
    applicationKey: z.string(),
    applicationSecret: z.string(),
    consumerKey: z.string(),
  }),
  nova: z.strictObject({
    authUrl: z.url(),
    username: z.string(),
    password: z.string(),
    project: z.string(),
    region: z.string(),
    image: z.string(),
    flavor: z.string(),
  }),
  panel: z.url(),
  mail: z.strictObject({ smtp: hostPort, inbox: z.url() }),
  servers: z
    .array(
      z.strictObject({
        name: z.string(),
        provider: z.enum(['ovh', 'nova']),
        address: z.string(),
        mac: z.string(),
        ssh: hostPort,
        rdp: hostPort,
        vnc: hostPort,
        state: z.string(),
      }),
    )
    .min(2),
  session: z.string(),
});

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
    const lab = contract.parse(JSON.parse(line));
    expect((await fetch(`${lab.ovh.endpoint}/auth/time`)).status).toBe(200);
    expect((await fetch(lab.panel)).status).toBe(200);
    up.kill('SIGINT');
    const { exitCode, stdout } = await up;
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toHaveLength(1);
    await expect(fetch(`${lab.ovh.endpoint}/auth/time`)).rejects.toThrow();
  });
});

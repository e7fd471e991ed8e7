import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { linuxBlockDevices } from '../host';
import { rehearse } from './rehearsal';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rehearsal-test-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('uses what it may of the Linux below', async () => {
  const used = { run: 0, opened: [] as string[] };
  await rehearse({
    run: async () => {
      used.run += 1;
    },
    openDevice: (path) => {
      used.opened.push(path);
      return linuxBlockDevices.open(path);
    },
  });
  expect(used.run).toBeGreaterThan(0);
  // Never a disk of the machine that it runs on.
  expect(used.opened.every((path) => path.startsWith(folder))).toBe(true);
  expect(used.opened.length).toBeGreaterThan(0);
});

it('starts the service without a complaint, and leaves nothing behind', async () => {
  await rehearse();
  expect(await readdir(folder)).toEqual([]);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { waitForFile } from './wait-for-file';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wait-for-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('resolves for a file that is there, and for one that comes', async () => {
  await writeFile(join(folder, 'here'), '');
  await waitForFile(join(folder, 'here'));
  const coming = waitForFile(join(folder, 'coming'));
  await writeFile(join(folder, 'other'), '');
  await writeFile(join(folder, 'coming'), '');
  await coming;
});

it('throws what it was aborted with, before and while it waits', async () => {
  const reason = new Error('stopped');
  await expect(waitForFile(join(folder, 'x'), AbortSignal.abort(reason))).rejects.toBe(reason);
  const stop = new AbortController();
  const waiting = waitForFile(join(folder, 'x'), stop.signal);
  stop.abort(reason);
  await expect(waiting).rejects.toBe(reason);
});

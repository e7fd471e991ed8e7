import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { waitForSystem } from './start-ahead';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-ahead-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('rehearses, says that it is ready, and waits for the word', async () => {
  const pipe = join(folder, 'word');
  execFileSync('mkfifo', [pipe]);
  const descriptor = openSync(pipe, 'r+');
  const said: string[] = [];
  try {
    const { promise: ready, resolve } = signal();
    const waiting = waitForSystem({
      environment: { STANDIN_WORD_FD: String(descriptor) },
      onReady: resolve,
      log: (sentence) => said.push(sentence),
    });
    await ready;
    // Nothing of the rehearsal is left.
    expect(await readdir(folder)).toEqual(['word']);
    const early = await Promise.race([waiting, new Promise((next) => setTimeout(next, 50, 'waits'))]);
    expect(early).toBe('waits');
    writeSync(descriptor, 'start\n');
    expect(await waiting).toBe(true);
    expect(said).toEqual([]);
  } finally {
    closeSync(descriptor);
  }
});

it('waits for nothing where the system was started as usual', async () => {
  let isReady = false;
  const onReady = () => {
    isReady = true;
  };
  expect(await waitForSystem({ environment: {}, onReady, log: () => undefined })).toBe(false);
  expect(isReady).toBe(false);
});

function signal() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}

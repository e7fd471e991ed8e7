import { appendFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { manifestOf, verifyManifest } from './manifest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-manifest-'));
  mkdirSync(path.join(folder, 'modules/kernel'), { recursive: true });
  writeFileSync(path.join(folder, 'release'), '6.1');
  writeFileSync(path.join(folder, 'modules/kernel/loop.ko'), Buffer.alloc(300_000, 7));
  writeFileSync(path.join(folder, 'empty'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const about = { name: 'kernel', key: 'abc', seconds: 2.5 };

describe('manifestOf', () => {
  it('lists every file with its size and the hash that sha256sum finds', async () => {
    const manifest = await manifestOf(folder, about);
    expect(manifest).toMatchObject(about);
    expect(Date.now() - Date.parse(manifest.builtAt)).toBeLessThan(60_000);
    expect(manifest.files.map((file) => [file.path, file.bytes])).toEqual([
      ['empty', 0],
      ['modules/kernel/loop.ko', 300_000],
      ['release', 3],
    ]);
    const lines = manifest.files.map((file) => `${file.sha256}  ${file.path}`).join('\n');
    await execa('sha256sum', ['--check', '--strict'], { cwd: folder, input: `${lines}\n` });
  });
});

describe('verifyManifest', () => {
  it('has nothing to say about files that are as they were', async () => {
    expect(await verifyManifest(folder, await manifestOf(folder, about))).toEqual([]);
  });

  it('names each file that is missing, was changed or was cut short', async () => {
    const manifest = await manifestOf(folder, about);
    rmSync(path.join(folder, 'empty'));
    appendFileSync(path.join(folder, 'release'), '.0');
    truncateSync(path.join(folder, 'modules/kernel/loop.ko'), 299_999);
    expect(await verifyManifest(folder, manifest)).toEqual([
      'kernel: empty is missing.',
      expect.stringMatching(
        /^kernel: modules\/kernel\/loop\.ko has changed since it was built \(SHA-256 [0-9a-f]{64}\)\.$/,
      ),
      expect.stringMatching(/^kernel: release has changed/),
    ]);
  });

  it('sees one flipped bit in a file of the same size', async () => {
    const manifest = await manifestOf(folder, about);
    const bytes = Buffer.alloc(300_000, 7);
    bytes.writeUInt8(6, 299_999);
    writeFileSync(path.join(folder, 'modules/kernel/loop.ko'), bytes);
    expect(await verifyManifest(folder, manifest)).toHaveLength(1);
  });
});

import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packDockerArchive } from './docker-archive';
import { testContext } from './testing/test-context';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rl-archive-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A small root file system, its files made in the given order and dated by it. */
function makeRoot(name: string, files: readonly string[]): string {
  const root = path.join(folder, name);
  mkdirSync(path.join(root, 'tmp'), { recursive: true });
  chmodSync(root, 0o755);
  chmodSync(path.join(root, 'tmp'), 0o1777);
  symlinkSync('dash', path.join(root, 'sh'));
  files.forEach((file, index) => {
    writeFileSync(path.join(root, file), `content of ${file}\n`);
    chmodSync(path.join(root, file), 0o755);
    utimesSync(path.join(root, file), index, index);
  });
  return root;
}

async function pack(root: string): Promise<Buffer> {
  const file = path.join(folder, 'image.tar.gz');
  await packDockerArchive(testContext(folder), root, file, {
    tag: 'a-name:a-tag',
    environment: { PATH: '/bin', LANG: 'C.UTF-8' },
    labels: { made: 'here' },
  });
  return readFileSync(file);
}

it('is what `docker load` takes: a manifest, the image that it names, and the layer with the digest that this names', async () => {
  await pack(makeRoot('root', ['dash', 'sleep']));
  const unpacked = path.join(folder, 'unpacked');
  mkdirSync(unpacked);
  await execa('tar', ['-xf', path.join(folder, 'image.tar.gz'), '-C', unpacked]);
  const read = (file: string) => readFileSync(path.join(unpacked, file));
  const manifest = JSON.parse(read('manifest.json').toString()) as { Config: string; Layers: string[] }[];
  expect(manifest).toEqual([{ Config: 'config.json', RepoTags: ['a-name:a-tag'], Layers: ['layer.tar'] }]);
  const digest = createHash('sha256').update(read('layer.tar')).digest('hex');
  expect(JSON.parse(read('config.json').toString())).toMatchObject({
    os: 'linux',
    architecture: 'amd64',
    config: { Env: ['PATH=/bin', 'LANG=C.UTF-8'], Labels: { made: 'here' } },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
  });
  const { stdout } = await execa('tar', [
    '--list',
    '--verbose',
    '--numeric-owner',
    '-f',
    path.join(unpacked, 'layer.tar'),
  ]);
  const entries = stdout.split('\n').map((line) => line.replace(/\s+\d+ 2023-06-\d\d \d\d:\d\d /, ' '));
  expect(entries).toEqual([
    'drwxr-xr-x 0/0 ./',
    '-rwxr-xr-x 0/0 ./dash',
    'lrwxrwxrwx 0/0 ./sh -> dash',
    '-rwxr-xr-x 0/0 ./sleep',
    'drwxrwxrwt 0/0 ./tmp/',
  ]);
});

it('is the same for the same files, whenever and in whichever order they were made', async () => {
  const one = await pack(makeRoot('one', ['dash', 'sleep', 'ssh']));
  const other = await pack(makeRoot('other', ['ssh', 'sleep', 'dash']));
  expect(other.equals(one)).toBe(true);
});

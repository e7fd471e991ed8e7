import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packSquashfs } from './squashfs';
import { testContext } from './testing/test-context';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-squashfs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('packs a folder with LZ4, everything owned by root, and replaces what was there', async () => {
  const root = path.join(folder, 'root');
  const file = path.join(folder, 'layer.squashfs');
  mkdirSync(path.join(root, 'opt/node'), { recursive: true });
  writeFileSync(path.join(root, 'old'), '');
  await packSquashfs(testContext(folder), root, file);
  rmSync(path.join(root, 'old'));
  writeFileSync(path.join(root, 'opt/node/run'), 'text'.repeat(100_000), { mode: 0o755 });
  symlinkSync('opt/node/run', path.join(root, 'run'));
  await packSquashfs(testContext(folder), root, file);

  const { stdout: about } = await execa('unsquashfs', ['-stat', file]);
  expect(about).toContain('Compression lz4');
  const { stdout } = await execa('unsquashfs', ['-llnumeric', file]);
  const entries = stdout.split('\n').filter((line) => line.includes('squashfs-root'));
  expect(entries.map((line) => line.replace(/^(\S+) (\S+).*squashfs-root/, '$1 $2 '))).toEqual([
    'drwxr-xr-x 0/0 ',
    'drwxr-xr-x 0/0 /opt',
    'drwxr-xr-x 0/0 /opt/node',
    '-rwxr-xr-x 0/0 /opt/node/run',
    'lrwxrwxrwx 0/0 /run -> opt/node/run',
  ]);
  const { stdout: content } = await execa('unsquashfs', ['-cat', file, 'opt/node/run']);
  expect(content).toBe('text'.repeat(100_000));
});

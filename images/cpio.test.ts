import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packCpio } from './cpio';
import { testContext } from './testing/test-context';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-cpio-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('packs a folder as the kernel wants it: newc, everything owned by root, in the order of names', async () => {
  const root = path.join(folder, 'a root');
  mkdirSync(path.join(root, 'bin'), { recursive: true });
  writeFileSync(path.join(root, 'init'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(path.join(root, 'bin/with a blank'), 'x'.repeat(1000));
  symlinkSync('busybox', path.join(root, 'bin/sh'));
  const file = path.join(folder, 'the initrd');
  await packCpio(testContext(folder), root, file);

  expect(readFileSync(file).subarray(0, 6).toString('latin1')).toBe('070701');
  const { stdout } = await execa('cpio', ['--list', '--verbose', '--numeric-uid-gid', '--quiet', '-F', file]);
  const entries = stdout.split('\n').map((line) => line.split(/\s+/));
  expect(entries.map((words) => words.slice(8).join(' '))).toEqual([
    'bin',
    'bin/sh -> busybox',
    'bin/with a blank',
    'init',
  ]);
  expect(entries.map(([mode, , user, group]) => [mode, user, group])).toEqual([
    ['drwxr-xr-x', '0', '0'],
    ['lrwxrwxrwx', '0', '0'],
    ['-rw-r--r--', '0', '0'],
    ['-rwxr-xr-x', '0', '0'],
  ]);
  const { stdout: content } = await execa('cpio', [
    '--extract',
    '--to-stdout',
    '--quiet',
    '-F',
    file,
    'init',
  ]);
  expect(content).toBe('#!/bin/sh');
});

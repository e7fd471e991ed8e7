import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeConfigDrive } from './config-drive';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-drive-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is an ISO 9660 volume that isoinfo reads the metadata from, and leaves no password beside it', async () => {
  const metadata = { uuid: '5f1b', name: 'web-01', admin_pass: 'Gift3d! "quoted" ä' };
  const file = await makeConfigDrive(folder, metadata);
  const { stdout: volume } = await execa('isoinfo', ['-d', '-i', file]);
  expect(volume).toMatch(/^Volume id: config-2$/m);
  // As Linux sees it (Rock Ridge) and as Windows does (Joliet).
  for (const names of ['-R', '-J']) {
    const args = ['-i', file, names, '-x', '/openstack/latest/meta_data.json'];
    expect(JSON.parse((await execa('isoinfo', args)).stdout)).toEqual(metadata);
  }
  expect(readdirSync(folder)).toEqual([path.basename(file)]);
});

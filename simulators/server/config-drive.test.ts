import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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

const files = (text: string) =>
  new Map<string, string | Uint8Array>([
    ['openstack/latest/meta_data.json', text],
    ['openstack/2012-08-10/meta_data.json', '{}'],
    ['ec2/latest/user-data', new Uint8Array([0, 255, 10])],
  ]);

it('is an ISO 9660 volume that isoinfo reads the files from, and leaves no password beside it', async () => {
  const text = JSON.stringify({ uuid: '5f1b', admin_pass: 'Gift3d! "quoted" ä' });
  const file = await makeConfigDrive(folder, files(text));
  const { stdout: volume } = await execa('isoinfo', ['-d', '-i', file]);
  expect(volume).toMatch(/^Volume id: config-2$/m);
  // As Linux sees it (Rock Ridge) and as Windows does (Joliet).
  for (const names of ['-R', '-J']) {
    const read = (name: string) =>
      execa('isoinfo', ['-i', file, names, '-x', name], { encoding: 'buffer', stripFinalNewline: false });
    expect(Buffer.from((await read('/openstack/latest/meta_data.json')).stdout).toString()).toBe(text);
    expect([...(await read('/ec2/latest/user-data')).stdout]).toEqual([0, 255, 10]);
  }
  expect(readdirSync(folder)).toEqual([path.basename(file)]);
});

it('shows no time of its making, so that a guest that has read its label only can go on with another one', async () => {
  const file = await makeConfigDrive(folder, files('{}'));
  const { stdout } = await execa('isoinfo', ['-l', '-R', '-i', file]);
  const dates = [...stdout.matchAll(/^[d-][rwx-]{9}.* ([A-Z][a-z]{2} +\d+ \d{4}) \[/gm)].map(
    ([, date]) => date,
  );
  expect(dates.length).toBeGreaterThanOrEqual(7);
  expect(new Set(dates)).toEqual(new Set(['Jan  1 2026']));
  // Creation and modification date of the primary volume descriptor (ECMA-119 8.4.26).
  const descriptor = readFileSync(file).subarray(16 * 2048);
  expect(descriptor.toString('latin1', 813, 813 + 8)).toBe('20260101');
  expect(descriptor.toString('latin1', 830, 830 + 8)).toBe('20260101');
});

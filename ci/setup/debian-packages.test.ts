import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installedVersions, parsePackageList, queryPackages } from './debian-packages.mjs';

describe('parsePackageList', () => {
  it('reads names and what they are for, and skips comments and blank lines', () => {
    expect(parsePackageList('# head\n\nqemu-utils  # disks # and overlays\nlibstdc++6\n')).toEqual([
      { name: 'qemu-utils', purpose: 'disks # and overlays' },
      { name: 'libstdc++6', purpose: '' },
    ]);
  });

  it('names the line that is not a package', () => {
    expect(() => parsePackageList('gcc\nrm -rf /')).toThrow(
      'Line 2 of the package list is not the name of a Debian package: "rm -rf /".',
    );
  });

  it('reads the list of this project: no package twice, none without a purpose', () => {
    const packages = parsePackageList(readFileSync(join(__dirname, 'debian-packages.txt'), 'utf8'));
    expect(new Set(packages.map(({ name }) => name)).size).toBe(packages.length);
    expect(packages.filter(({ purpose }) => purpose === '')).toEqual([]);
  });
});

describe('installedVersions', () => {
  it('counts only what is fully installed', () => {
    const output = 'gcc installed 4:12.2.0-3\nlz4 config-files 1.9\nxvfb half-installed 2:21\n';
    expect([...installedVersions(output)]).toEqual([['gcc', '4:12.2.0-3']]);
  });
});

describe('queryPackages', () => {
  it('says when the host has no dpkg', async () => {
    const run = async () => ({ code: 127, stdout: '', stderr: 'spawn dpkg-query ENOENT' });
    expect(await queryPackages([{ name: 'gcc', purpose: '' }], run)).toBeUndefined();
  });
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyModules } from './kernel-modules';
import { kernel } from './recipes/kernel';
import { ImageStore } from './store';

let folder: string;
let to: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-modules-'));
  to = path.join(folder, 'to');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const copied = () =>
  readdirSync(to, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());

describe('copyModules', () => {
  let from: string;
  beforeEach(() => {
    from = path.join(folder, 'from');
    // As depmod writes it: what a module needs, what that needs in turn behind it.
    const dependencies = {
      'kernel/drivers/md/dm-raid.ko': ['kernel/drivers/md/dm-mod.ko', 'kernel/lib/raid6_pq.ko'],
      'kernel/drivers/md/dm-mod.ko': [],
      'kernel/lib/raid6_pq.ko': [],
      'kernel/fs/ext4.ko.xz': ['kernel/fs/jbd2.ko', 'kernel/lib/crc16.ko'],
      'kernel/fs/jbd2.ko': ['kernel/lib/crc16.ko'],
      'kernel/lib/crc16.ko': [],
    };
    for (const file of Object.keys(dependencies)) {
      mkdirSync(path.join(from, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(from, file), `module ${file}`);
    }
    const lines = Object.entries(dependencies).map(([file, needs]) => `${file}: ${needs.join(' ')}`.trim());
    writeFileSync(path.join(from, 'modules.dep'), `${lines.join('\n')}\n`);
    writeFileSync(path.join(from, 'modules.builtin'), 'kernel/drivers/virtio/virtio_pci.ko\n');
  });

  it('brings what a module needs before it, each module once', async () => {
    expect(await copyModules(from, to, ['ext4', 'jbd2', 'ext4'])).toEqual([
      'kernel/lib/crc16.ko',
      'kernel/fs/jbd2.ko',
      'kernel/fs/ext4.ko.xz',
    ]);
    expect(copied()).toHaveLength(3);
    expect(readFileSync(path.join(to, 'kernel/fs/jbd2.ko'), 'utf8')).toBe('module kernel/fs/jbd2.ko');
  });

  it('takes names with - and with _ for the same, as modprobe does', async () => {
    const order = ['kernel/lib/raid6_pq.ko', 'kernel/drivers/md/dm-mod.ko', 'kernel/drivers/md/dm-raid.ko'];
    expect(await copyModules(from, to, ['dm_raid'])).toEqual(order);
    expect(await copyModules(from, to, ['dm-raid', 'raid6-pq'])).toEqual(order);
  });

  it('passes over what is built into the kernel', async () => {
    expect(await copyModules(from, to, ['virtio-pci', 'crc16'])).toEqual(['kernel/lib/crc16.ko']);
  });

  it('names a module that is nowhere, and says where to look', async () => {
    await expect(copyModules(from, to, ['crc16', 'ext5'])).rejects.toThrow(
      `Failed to copy the kernel module ext5: ${from} has no such module. Check the recipe's list; the kernel image keeps only the modules that images/recipes/kernel.ts names.`,
    );
  });
});

const image = new ImageStore().directoryOf(kernel);
const releaseFile = path.join(image, 'release');
const release = existsSync(releaseFile) ? readFileSync(releaseFile, 'utf8') : undefined;

describe.skipIf(release === undefined)('copyModules, on the modules of the kernel image', () => {
  it('loads in an order that modprobe agrees with, and brings all that is kept', async () => {
    const { modules } = kernel.parameters as { modules: readonly string[] };
    const tree = path.join(folder, 'lib/modules', String(release));
    const order = await copyModules(path.join(image, 'modules'), tree, modules);
    expect(order).toEqual(expect.arrayContaining(['kernel/drivers/md/dm-raid.ko', 'kernel/fs/ext4/ext4.ko']));
    // Nothing is kept that none of them needs.
    const all = readdirSync(path.join(image, 'modules'), { recursive: true }).filter((file) =>
      String(file).endsWith('.ko'),
    );
    expect([...order].sort()).toEqual(all.sort());
    for (const name of ['builtin', 'builtin.modinfo', 'order']) {
      writeFileSync(
        path.join(tree, `modules.${name}`),
        readFileSync(path.join(image, `modules/modules.${name}`)),
      );
    }
    await execa('depmod', ['--basedir', folder, String(release)]);
    for (const [place, file] of order.entries()) {
      const name = path.basename(file, '.ko');
      const args = ['--dirname', folder, '--set-version', String(release), '--show-depends', name];
      const { stdout } = await execa('modprobe', args);
      const needed = [...stdout.matchAll(/^insmod (\S+)/gm)].map(([, found = '']) =>
        path.relative(tree, found),
      );
      expect(needed).toContain(file);
      expect(order.slice(0, place + 1)).toEqual(expect.arrayContaining(needed));
    }
  });
});

import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { unpackPackages } from '../debian';
import type { Recipe } from '../recipe';

const packages = ['busybox-static', 'ntfs-3g'];

/**
 * Debian's programs for the boot manager's initial RAM file system. Apart from it, because fetching them takes a minute on
 * a slow line, and the boot manager changes with every codec.
 */
export const bootPrograms: Recipe = {
  name: 'boot-programs',
  summary: 'busybox and ntfs-3g for the boot manager',
  needs: [],
  sources: ['images/recipes/boot-programs.ts', 'images/debian.ts'],
  parameters: { packages },
  async build(context) {
    const root = await unpackPackages(context, packages);
    const copies = [
      ['bin/busybox', 'bin/busybox'],
      ['bin/ntfs-3g', 'bin/ntfs-3g'],
      ['lib/x86_64-linux-gnu/libntfs-3g.so.89', 'lib/libntfs-3g.so.89'],
      ['lib/x86_64-linux-gnu/libc.so.6', 'lib/libc.so.6'],
      ['lib64/ld-linux-x86-64.so.2', 'lib64/ld-linux-x86-64.so.2'],
    ] as const;
    for (const [from, to] of copies) {
      await mkdir(path.join(context.out, path.dirname(to)), { recursive: true });
      await cp(path.join(root, from), path.join(context.out, to), { dereference: true });
    }
  },
};

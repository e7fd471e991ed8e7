import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unpackPackages } from '../debian';
import type { Recipe } from '../recipe';

/**
 * Debian's kernel: `vmlinuz` for boot loaders, `vmlinux` (uncompressed, PVH entry) for QEMU's `-kernel`, which saves
 * the decompression that costs seconds under TCG, and the module tree.
 */
export const kernel: Recipe = {
  name: 'kernel',
  summary: "Debian's kernel, compressed and plain, with its modules",
  needs: [],
  sources: ['images/recipes/kernel.ts', 'images/debian.ts'],
  parameters: { packages: ['linux-image-amd64', 'kmod'] },
  async build(context) {
    const root = await unpackPackages(context, ['linux-image-amd64', 'kmod']);
    const boot = path.join(root, 'boot');
    const name = (await readdir(boot)).find((file) => file.startsWith('vmlinuz-'));
    if (!name) {
      throw new Error('The package linux-image-amd64 held no /boot/vmlinuz-*');
    }
    const release = name.slice('vmlinuz-'.length);
    const compressed = await readFile(path.join(boot, name));
    await writeFile(path.join(context.out, 'vmlinuz'), compressed);
    const payload = path.join(context.temp, 'vmlinux.xz');
    await writeFile(payload, compressedPayload(compressed));
    await context.run('sh', [
      '-c',
      'xz --decompress --stdout --single-stream "$1" > "$2"',
      'sh',
      payload,
      path.join(context.out, 'vmlinux'),
    ]);
    await context.run('depmod', ['--basedir', root, release]);
    await rename(path.join(root, 'lib/modules', release), path.join(context.out, 'modules'));
    await writeFile(path.join(context.out, 'release'), release);
  },
};

/** The compressed vmlinux inside a bzImage (Linux x86 boot protocol 2.08: setup_sects, payload_offset, payload_length). */
function compressedPayload(image: Buffer): Buffer {
  const start = (image.readUInt8(0x1f1) + 1) * 512 + image.readUInt32LE(0x248);
  return image.subarray(start, start + image.readUInt32LE(0x24c));
}

import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unpackPackages } from '../debian';
import { copyModules } from '../kernel-modules';
import { makeLinuxImage } from '../linux-image';
import type { BuildContext, Recipe } from '../recipe';

const packages = ['linux-image-amd64', 'kmod'];

/** The modules that the other recipes name; all that they depend on comes along. Debian's 4000 take 400 MB. */
const modules = [
  'ahci',
  'ata_piix',
  'bochs',
  'bridge',
  'button',
  'crc32c_generic',
  'dm_mirror',
  'dm_mod',
  'dm_raid',
  'e1000',
  'evdev',
  'ext4',
  'fuse',
  'isofs',
  'kvm_amd',
  'kvm_intel',
  'loop',
  'nf_tables',
  'nls_ascii',
  'nls_cp437',
  'overlay',
  'psmouse',
  'sd_mod',
  'squashfs',
  'sr_mod',
  'tun',
  'usb_storage',
  'usbhid',
  'vfat',
  'virtio_blk',
  'virtio_console',
  'virtio_net',
  'virtio_pci',
  'virtio_rng',
  'virtio_scsi',
  'xhci_pci',
];

/**
 * Debian's kernel: `linux` for boot loaders and `vmlinux` (uncompressed, PVH entry) for QEMU's `-kernel`, both without
 * the XZ that takes 5 s to unpack under TCG; and a module tree with what the other images need.
 */
export const kernel: Recipe = {
  name: 'kernel',
  summary: "Debian's kernel, packed for boot loaders and plain, with its modules",
  needs: [],
  sources: [
    'images/recipes/kernel.ts',
    'images/debian.ts',
    'images/files/linux-start.c',
    'images/kernel-modules.ts',
    'images/linux-image.ts',
  ],
  parameters: { packages, modules },
  async build(context) {
    const root = await unpackPackages(context, packages);
    const boot = path.join(root, 'boot');
    const name = (await readdir(boot)).find((file) => file.startsWith('vmlinuz-'));
    if (!name) {
      throw new Error('The package linux-image-amd64 held no /boot/vmlinuz-*');
    }
    const release = name.slice('vmlinuz-'.length);
    const compressed = await readFile(path.join(boot, name));
    const payload = path.join(context.temp, 'vmlinux.xz');
    await writeFile(payload, compressedPayload(compressed));
    await context.run('sh', [
      '-c',
      'xz --decompress --stdout --single-stream "$1" > "$2"',
      'sh',
      payload,
      path.join(context.out, 'vmlinux'),
    ]);
    context.progress('packing it for boot loaders');
    const vmlinux = await readFile(path.join(context.out, 'vmlinux'));
    await writeFile(path.join(context.out, 'linux'), await makeLinuxImage(context, compressed, vmlinux));
    await keepModules(context, root, release);
    await writeFile(path.join(context.out, 'release'), release);
  },
};

/** Brings the modules into the image, with the indexes of exactly these and the lists of those built into the kernel. */
async function keepModules(context: BuildContext, root: string, release: string): Promise<void> {
  const tree = path.join('lib/modules', release);
  const kept = path.join(context.temp, 'kept');
  await context.run('depmod', ['--basedir', root, release]);
  await copyModules(path.join(root, tree), path.join(kept, tree), modules);
  for (const list of ['modules.builtin', 'modules.builtin.modinfo', 'modules.order']) {
    await cp(path.join(root, tree, list), path.join(kept, tree, list));
  }
  await context.run('depmod', ['--basedir', kept, release]);
  await rename(path.join(kept, tree), path.join(context.out, 'modules'));
}

/** The compressed vmlinux inside a bzImage (Linux x86 boot protocol 2.08: setup_sects, payload_offset, payload_length). */
function compressedPayload(image: Buffer): Buffer {
  const start = (image.readUInt8(0x1f1) + 1) * 512 + image.readUInt32LE(0x248);
  return image.subarray(start, start + image.readUInt32LE(0x24c));
}

import { chmod, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleForQuickJs } from '../bundle';
import { compileStatic } from '../compile';
import { packCpio } from '../cpio';
import { copyModules } from '../kernel-modules';
import { projectRoot } from '../key';
import type { Recipe } from '../recipe';
import { bootPrograms } from './boot-programs';
import { kernel } from './kernel';
import { quickjs } from './quickjs';

/** Modules by the list that names them; what is in two lists is loaded once. */
const modules = {
  /** What a rescue system needs: paravirtual disks, NTFS through FUSE, the userland's layers. The rest its userland loads. */
  rescue: ['virtio_pci', 'virtio_blk', 'virtio_rng', 'fuse', 'loop', 'squashfs', 'overlay'],
  /**
   * What an installed system needs and what looks at no disk: network, keyboard, firewall. Loaded before the boot is marked, so
   * that a machine that goes on from there has them. The display's driver would take the boot manager's screen away.
   */
  installed: [
    'virtio_pci',
    'virtio_rng',
    'fuse',
    'loop',
    'squashfs',
    'overlay',
    'virtio_net',
    'evdev',
    'button',
    'crc32c_generic',
    'nf_tables',
  ],
  /** Disks on every bus that a description may name, by their controller. */
  'virtio-disks': ['virtio_blk'],
  ahci: ['ahci', 'sd_mod', 'sr_mod'],
  ide: ['ata_piix', 'sd_mod', 'sr_mod'],
  usb: ['xhci_pci', 'usb_storage', 'sd_mod'],
  'virtio-scsi': ['virtio_scsi', 'sd_mod', 'sr_mod'],
  /** Loaded when a FAT volume is mounted: an EFI system partition. */
  fat: ['nls_ascii', 'nls_cp437', 'vfat'],
};

const applets = [
  'sh',
  'mount',
  'umount',
  'insmod',
  'sleep',
  'switch_root',
  'mkdir',
  'cat',
  'cp',
  'losetup',
  'reboot',
  'chroot',
  'date',
  'mkfifo',
  'mv',
  'rm',
];

/** What the init and the boot manager run, by name. */
const scripts = ['load-modules', 'find-controllers', 'load-more-disks', 'mount-userland', 'start-ahead'];

/**
 * The boot manager's initial RAM file system: busybox, QuickJS, ntfs-3g, and the boot manager itself, in TypeScript
 * like everything else.
 */
export const bootInitrd: Recipe = {
  name: 'boot-initrd',
  summary: 'the boot manager: Linux below, QuickJS above',
  needs: [kernel, quickjs, bootPrograms],
  sources: [
    'images/recipes/boot-initrd.ts',
    'images/bundle.ts',
    'images/cpio.ts',
    'images/compile.ts',
    'images/files/boot-init.sh',
    'images/files/boot-mark.c',
    'images/files/find-controllers.sh',
    'images/files/load-modules.sh',
    'images/files/load-more-disks.sh',
    'images/files/mount-userland.sh',
    'images/files/start-ahead.sh',
    'simulators/windows/boot-manager',
    'simulators/windows/boot-loader',
    'simulators/windows/disk-tables',
    'simulators/disk',
  ],
  parameters: { modules, applets },
  async build(context) {
    const root = path.join(context.temp, 'initrd');
    for (const directory of [
      'bin',
      'dev',
      'proc',
      'sys',
      'run',
      'win',
      'new',
      'lib',
      'lib64',
      'modules',
      'sysres',
      'base',
      'layer',
    ]) {
      await mkdir(path.join(root, directory), { recursive: true });
    }
    await cp(context.image(bootPrograms), root, {
      recursive: true,
      filter: (source) => path.basename(source) !== 'manifest.json',
    });
    for (const applet of applets) {
      await symlink('busybox', path.join(root, 'bin', applet));
    }
    await cp(path.join(context.image(quickjs), 'qjs'), path.join(root, 'bin/qjs'));
    const kernelModules = path.join(context.image(kernel), 'modules');
    for (const [name, list] of Object.entries(modules)) {
      const order = await copyModules(kernelModules, path.join(root, 'modules'), list);
      await writeFile(path.join(root, 'modules', name), `${order.join('\n')}\n`);
    }
    await cp(path.join(projectRoot, 'images/files/boot-init.sh'), path.join(root, 'init'));
    await chmod(path.join(root, 'init'), 0o755);
    for (const script of scripts) {
      await cp(path.join(projectRoot, 'images/files', `${script}.sh`), path.join(root, script));
    }
    await compileStatic(context, 'images/files/boot-mark.c', path.join(root, 'bin/boot-mark'));
    await bundleForQuickJs('simulators/windows/boot-loader/main.ts', path.join(root, 'bootmgr.js'));
    await packCpio(context, root, path.join(context.out, 'initrd'));
    await writeFile(
      path.join(context.out, 'release'),
      await readFile(path.join(context.image(kernel), 'release')),
    );
  },
};

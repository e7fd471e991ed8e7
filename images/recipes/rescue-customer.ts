import { chmod, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleForNode } from '../bundle';
import { packCpio } from '../cpio';
import { unpackPackages } from '../debian';
import { copyModules } from '../kernel-modules';
import { projectRoot } from '../key';
import { linuxParameters } from '../linux';
import type { Recipe } from '../recipe';
import { packSquashfs } from '../squashfs';
import { kernel } from './kernel';

const packages = ['busybox-static', 'qemu-system-x86', 'seabios', 'iproute2', 'kmod', 'libstdc++6'];

/** First stage: the network and enough to mount what it fetches. */
const firstModules = [
  'virtio_pci',
  'virtio_net',
  'virtio_blk',
  'virtio_rng',
  'e1000',
  'ahci',
  'sd_mod',
  'loop',
  'squashfs',
  'overlay',
];
const modules = [
  ...firstModules,
  'kvm_amd',
  'kvm_intel',
  'tun',
  'bridge',
  'bochs',
  'evdev',
  'psmouse',
  'fuse',
];

/** The Debian rescue system that an ovh server netboots, with the hypervisor for the Windows rescue stand-in. */
export const rescueCustomer: Recipe = {
  name: 'rescue-customer',
  summary: 'the netbooted Debian rescue system, which runs the Windows rescue stand-in',
  needs: [kernel],
  sources: [
    'images/recipes/rescue-customer.ts',
    'images/debian.ts',
    'images/linux.ts',
    'images/bundle.ts',
    'images/cpio.ts',
    'images/squashfs.ts',
    'images/files/rescue-init.sh',
    'images/files/rescue-customer.sh',
    'images/files/udhcpc.sh',
    'simulators/server/rescue-relay',
    'simulators/linux-devices',
    'simulators/vm/rfb',
  ],
  parameters: { packages, modules },
  async build(context) {
    const release = await readFile(path.join(context.image(kernel), 'release'), 'utf8');
    const kernelModules = path.join(context.image(kernel), 'modules');
    const root = await unpackPackages(context, packages);
    const moduleTree = path.join(root, 'lib/modules', release);
    await mkdir(path.join(root, 'opt/rescue'), { recursive: true });
    await copyModules(kernelModules, moduleTree, modules);
    await cp(path.join(kernelModules, 'modules.builtin'), path.join(moduleTree, 'modules.builtin'));
    await cp(path.join(kernelModules, 'modules.order'), path.join(moduleTree, 'modules.order'));
    await context.run('depmod', ['--basedir', root, release]);
    const starter = await readFile(path.join(projectRoot, 'images/files/rescue-customer.sh'), 'utf8');
    await writeFile(
      path.join(root, 'sbin/rescue-customer'),
      starter.replace('@linux-parameters@', linuxParameters),
    );
    await chmod(path.join(root, 'sbin/rescue-customer'), 0o755);
    await bundleForNode('simulators/server/rescue-relay/main.ts', path.join(root, 'opt/rescue/relay.cjs'));
    await packSquashfs(context, root, path.join(context.out, 'rescue.squashfs'));

    const first = path.join(context.temp, 'first-stage');
    for (const directory of ['bin', 'dev', 'proc', 'sys', 'run', 'modules']) {
      await mkdir(path.join(first, directory), { recursive: true });
    }
    await cp(path.join(root, 'bin/busybox'), path.join(first, 'bin/busybox'));
    for (const applet of [
      'sh',
      'mount',
      'mkdir',
      'insmod',
      'ip',
      'udhcpc',
      'wget',
      'sleep',
      'switch_root',
      'cat',
      'echo',
    ]) {
      await symlink('busybox', path.join(first, 'bin', applet));
    }
    const order = await copyModules(kernelModules, path.join(first, 'modules'), firstModules);
    await writeFile(path.join(first, 'modules/order'), `${order.join('\n')}\n`);
    await cp(path.join(projectRoot, 'images/files/udhcpc.sh'), path.join(first, 'udhcpc.sh'));
    await cp(path.join(projectRoot, 'images/files/rescue-init.sh'), path.join(first, 'init'));
    await chmod(path.join(first, 'init'), 0o755);
    await chmod(path.join(first, 'udhcpc.sh'), 0o755);
    await packCpio(context, first, path.join(context.out, 'initrd'));
  },
};

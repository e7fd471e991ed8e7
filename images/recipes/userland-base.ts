import { chmod, cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unpackPackages } from '../debian';
import { nodeBinary } from '../node-binary';
import type { Recipe } from '../recipe';
import { packSquashfs } from '../squashfs';

const packages = [
  'busybox-static',
  'openssh-server',
  'openssh-sftp-server',
  'libpam-modules',
  'libpam-modules-bin',
  'ntfs-3g',
  'attr',
  'dmsetup',
  'kmod',
  'iproute2',
  'nftables',
  'freerdp2-shadow-x11',
  'xvfb',
  'xterm',
  'xkb-data',
  'x11-xkb-utils',
  'fonts-dejavu-core',
  'fonts-open-sans',
  'libstdc++6',
];

/** Software rendering that Xvfb can do without (`-extension GLX`). */
const without = [
  '/usr/lib/x86_64-linux-gnu/libLLVM*',
  '/usr/lib/x86_64-linux-gnu/libz3*',
  '/usr/lib/x86_64-linux-gnu/dri/*',
  '/usr/lib/x86_64-linux-gnu/libperl*',
  '/usr/share/X11/locale/*',
];

/** Applets that the init scripts call by name. */
const applets = [
  'sh',
  'mount',
  'umount',
  'mkdir',
  'cat',
  'echo',
  'sleep',
  'usleep',
  'grep',
  'awk',
  'sed',
  'tail',
  'head',
  'basename',
  'cp',
  'mv',
  'rm',
  'ln',
  'ls',
  'chmod',
  'chown',
  'date',
  'hostname',
  'udhcpc',
  'reboot',
  'poweroff',
  'sync',
  'ps',
  'env',
  'losetup',
  'id',
  'stty',
  'true',
  'false',
  'dd',
  'blockdev',
  'sha256sum',
  'free',
  'printf',
  'kill',
];

/** The Debian programs and the Node.js that every stand-in runs on: the lower layer of its userland. */
export const userlandBase: Recipe = {
  name: 'userland-base',
  summary: 'Debian programs and Node.js below every stand-in',
  needs: [],
  sources: ['images/recipes/userland-base.ts', 'images/debian.ts', 'images/squashfs.ts'],
  parameters: { packages, without, applets, node: nodeBinary().version },
  async build(context) {
    const root = await unpackPackages(context, packages, { without });
    for (const directory of [
      'dev',
      'proc',
      'sys',
      'run',
      'tmp',
      'win',
      'root',
      'opt/node/bin',
      'var/empty',
      'var/lib/xkb',
    ]) {
      await mkdir(path.join(root, directory), { recursive: true });
    }
    for (const applet of applets) {
      await symlink('busybox', path.join(root, 'bin', applet)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') {
          throw error;
        }
      });
    }
    await cp(nodeBinary().file, path.join(root, 'opt/node/bin/node'));
    await context.run('strip', [path.join(root, 'opt/node/bin/node')]);
    await chmod(path.join(root, 'opt/node/bin/node'), 0o755);
    await rm(path.join(root, 'var/cache'), { recursive: true, force: true });
    await rm(path.join(root, 'var/lib/apt'), { recursive: true, force: true });
    await writeFile(
      path.join(root, 'etc/nsswitch.conf'),
      'passwd: files\ngroup: files\nshadow: files\nhosts: files\n',
    );
    await writeFile(path.join(root, 'etc/hosts'), '127.0.0.1 localhost\n');
    await writeFile(
      path.join(root, 'etc/passwd'),
      'root:x:0:0:root:/root:/bin/sh\nsshd:x:100:65534::/run/sshd:/usr/sbin/nologin\nnobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n',
    );
    await writeFile(path.join(root, 'etc/group'), 'root:x:0:\ntty:x:5:\nnogroup:x:65534:\n');
    await writeFile(path.join(root, 'etc/shadow'), 'root:*:19000:0:99999:7:::\nsshd:*:19000:0:99999:7:::\n', {
      mode: 0o600,
    });
    context.progress('packing');
    await packSquashfs(context, root, path.join(context.out, 'base.squashfs'));
  },
};

import { chmod, cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unpackPackages } from '../debian';
import { copyModules } from '../kernel-modules';
import { projectRoot } from '../key';
import type { Recipe } from '../recipe';
import { packSquashfs } from '../squashfs';
import { kernel } from './kernel';

/** A login, and what the provider's guide for resetting a Windows password from Linux calls (facts: ovh 1.4). */
const packages = [
  'busybox-static',
  'bash',
  'coreutils',
  'grep',
  'sed',
  'util-linux',
  'mount',
  'fdisk',
  'passwd',
  'kmod',
  'iproute2',
  'ntfs-3g',
  'chntpw',
  'openssh-server',
  'openssh-sftp-server',
  'openssh-client',
  'jq',
];

const modules = ['evdev', 'fuse', 'vfat', 'nls_cp437', 'nls_ascii'];

const textFiles: Readonly<Record<string, string>> = {
  'etc/passwd':
    'root:x:0:0:root:/root:/bin/bash\nsshd:x:100:65534::/run/sshd:/usr/sbin/nologin\nnobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n',
  'etc/group': 'root:x:0:\ntty:x:5:\nnogroup:x:65534:\n',
  'etc/shadow': 'root:*:19000:0:99999:7:::\nsshd:*:19000:0:99999:7:::\n',
  'etc/nsswitch.conf': 'passwd: files\ngroup: files\nshadow: files\nhosts: files\n',
  'etc/profile': "PS1='\\u@\\h:\\w\\$ '\n",
  // Process 1 is no init that a program of Debian knows.
  'sbin/reboot': '#!/bin/sh\nexec kill -TERM 1\n',
};

/** The netbooted Debian rescue system as its customers log in to it; the other one only carries Windows. */
export const debianRescue: Recipe = {
  name: 'debian-rescue',
  summary: 'the netbooted Debian rescue system that a customer logs in to',
  needs: [kernel],
  sources: [
    'images/recipes/debian-rescue.ts',
    'images/debian.ts',
    'images/squashfs.ts',
    'images/files/debian-rescue.sh',
    'images/files/debian-sshd_config',
  ],
  parameters: { packages, modules, textFiles },
  async build(context) {
    const root = await unpackPackages(context, packages);
    const release = await readFile(path.join(context.image(kernel), 'release'), 'utf8');
    const kernelModules = path.join(context.image(kernel), 'modules');
    const moduleTree = path.join(root, 'lib/modules', release);
    await copyModules(kernelModules, moduleTree, modules);
    for (const list of ['modules.builtin', 'modules.order'])
      await cp(path.join(kernelModules, list), path.join(moduleTree, list));
    await context.run('depmod', ['--basedir', root, release]);
    for (const folder of ['dev', 'proc', 'sys', 'run', 'tmp', 'mnt', 'root/.ssh'])
      await mkdir(path.join(root, folder), { recursive: true });
    await chmod(path.join(root, 'root/.ssh'), 0o700);
    for (const [file, text] of Object.entries(textFiles)) await writeFile(path.join(root, file), text);
    await chmod(path.join(root, 'etc/shadow'), 0o600);
    await chmod(path.join(root, 'sbin/reboot'), 0o755);
    await symlink('busybox', path.join(root, 'bin/login'));
    // No package of these brings it, and every script names it.
    await symlink('bash', path.join(root, 'bin/sh'));
    const files = path.join(projectRoot, 'images/files');
    await cp(path.join(files, 'debian-sshd_config'), path.join(root, 'etc/ssh/sshd_config'));
    await cp(path.join(files, 'debian-rescue.sh'), path.join(root, 'sbin/rescue-customer'));
    await chmod(path.join(root, 'sbin/rescue-customer'), 0o755);
    await packSquashfs(context, root, path.join(context.out, 'rescue.squashfs'));
  },
};

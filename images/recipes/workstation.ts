import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unpackPackages } from '../debian';
import { packDockerArchive } from '../docker-archive';
import type { Recipe } from '../recipe';

/**
 * What simulators/workstation starts: sh and sleep, ssh, xfreerdp, Xvfb with its keyboard compiler, chromium, openstack
 * and nova; grep and find are called by chromium's start script. Pictures are read (tesseract) and VNC is spoken outside of the container.
 */
const packages = [
  'dash',
  'coreutils',
  'grep',
  'findutils',
  'openssh-client',
  'freerdp2-x11',
  'xvfb',
  'xkb-data',
  'x11-xkb-utils',
  'chromium',
  'fonts-dejavu-core',
  'python3-openstackclient',
  'python3-novaclient',
];

/** Rendering and video coding by hardware, and what draws windows: a headless Chromium brings its own SwiftShader. */
const without = [
  '/usr/lib/x86_64-linux-gnu/libLLVM*',
  '/usr/lib/x86_64-linux-gnu/libz3*',
  '/usr/lib/x86_64-linux-gnu/dri/*',
  '/usr/lib/x86_64-linux-gnu/libperl*',
  '/usr/lib/x86_64-linux-gnu/libmfxhw64*',
  '/usr/lib/x86_64-linux-gnu/mfx/*',
  '/usr/lib/chromium/libVkLayer*',
  '/usr/lib/systemd/*',
  '/lib/systemd/*',
  '/usr/share/icons/*',
];

const repository = 'rescue-lab-workstation';

/** Name and tag of the workstation's image in a container engine, for the key of this recipe. */
export function workstationTag(key: string): string {
  return `${repository}:${key.slice(0, 20)}`;
}

/** The archive's name in the image's directory. */
export const workstationArchive = 'workstation.tar.gz';

/** The customer's computer as a container image: an archive for `docker load`, so no registry takes part. */
export const workstation: Recipe = {
  name: 'workstation',
  summary: "the customer's computer as a container image, where a container engine runs",
  needs: [],
  sources: ['images/recipes/workstation.ts', 'images/debian.ts', 'images/docker-archive.ts'],
  parameters: { packages, without },
  async build(context) {
    const root = await unpackPackages(context, packages, { without });
    // Whatever this user's umask; and no program of a workstation changes its user.
    await context.run('chmod', ['--recursive', 'u+rw,go-w,a+rX,ug-s', root]);
    for (const directory of [
      'dev',
      'proc',
      'sys',
      'run',
      'root',
      'tmp/.X11-unix',
      'var/lib/xkb',
      'var/tmp',
    ]) {
      await mkdir(path.join(root, directory), { recursive: true });
    }
    for (const directory of ['tmp', 'tmp/.X11-unix', 'var/tmp', 'var/lib/xkb']) {
      await chmod(path.join(root, directory), 0o1777);
    }
    await rm(path.join(root, 'var/cache'), { recursive: true, force: true });
    await rm(path.join(root, 'var/lib/apt'), { recursive: true, force: true });
    await rm(path.join(root, 'var/log'), { recursive: true, force: true });
    await writeFile(path.join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n');
    await writeFile(path.join(root, 'etc/group'), 'root:x:0:\n');
    await writeFile(path.join(root, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files dns\n');
    context.progress('packing (about 30 s)');
    await packDockerArchive(context, root, path.join(context.out, workstationArchive), {
      tag: workstationTag(context.key),
      environment: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
      labels: { 'rescue-lab.image': context.key },
    });
  },
};

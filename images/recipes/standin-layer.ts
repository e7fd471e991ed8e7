import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compilePreloaded, compileStatic } from '../compile';
import { copyModules } from '../kernel-modules';
import { projectRoot } from '../key';
import { nodeBinary } from '../node-binary';
import type { Recipe } from '../recipe';
import { snapshotForNode } from '../snapshot';
import { packSquashfs } from '../squashfs';
import { kernel } from './kernel';

const modules = [
  'virtio_net',
  'virtio_console',
  'bochs',
  'button',
  'evdev',
  'psmouse',
  'dm_mod',
  'dm_mirror',
  'dm_raid',
  'isofs',
  'ext4',
  'nf_tables',
  'crc32c_generic',
  'e1000',
  'usbhid',
  'vfat',
  'nls_cp437',
  'nls_ascii',
];

/** The upper layer of a stand-in: what makes Debian behave like Windows. Small, so that a change is built in seconds. */
export const standinLayer: Recipe = {
  name: 'standin-layer',
  summary: 'the resident service, shell and tools of the Windows stand-in',
  needs: [kernel],
  sources: [
    'images/recipes/standin-layer.ts',
    'images/bundle.ts',
    'images/compile.ts',
    'images/node-binary.ts',
    'images/snapshot.ts',
    'images/squashfs.ts',
    'images/files/standin-init.sh',
    'images/files/start-service.sh',
    'images/files/udhcpc.sh',
    'images/files/end-logins.sh',
    'images/files/sftp-view.sh',
    'images/files/sshd_config',
    'images/files/pam-sshd',
    'images/files/pam-other',
    'simulators/windows',
    'simulators/disk',
    'simulators/linux-devices',
  ],
  parameters: { modules, canvas: canvasVersion(), node: nodeBinary().version },
  async build(context) {
    const root = path.join(context.temp, 'layer');
    const release = await readFile(path.join(context.image(kernel), 'release'), 'utf8');
    const moduleTree = path.join(root, 'lib/modules', release);
    for (const directory of [
      'sbin',
      'usr/bin',
      'opt/standin/node_modules/@napi-rs',
      'etc/pam.d',
      'root/.config/freerdp/shadow',
    ]) {
      await mkdir(path.join(root, directory), { recursive: true });
    }
    await copyModules(path.join(context.image(kernel), 'modules'), moduleTree, modules);
    await cp(
      path.join(context.image(kernel), 'modules/modules.builtin'),
      path.join(moduleTree, 'modules.builtin'),
    );
    await cp(
      path.join(context.image(kernel), 'modules/modules.order'),
      path.join(moduleTree, 'modules.order'),
    );
    await context.run('depmod', ['--basedir', root, release]);
    const files = path.join(projectRoot, 'images/files');
    await install(path.join(files, 'standin-init.sh'), path.join(root, 'sbin/standin-init'), 0o755);
    await install(path.join(files, 'start-service.sh'), path.join(root, 'opt/standin/start-service'), 0o755);
    await install(path.join(files, 'end-logins.sh'), path.join(root, 'opt/standin/end-logins'), 0o755);
    await install(path.join(files, 'sftp-view.sh'), path.join(root, 'opt/standin/sftp-view'), 0o755);
    await install(path.join(files, 'udhcpc.sh'), path.join(root, 'opt/standin/udhcpc.sh'), 0o755);
    await install(path.join(files, 'sshd_config'), path.join(root, 'opt/standin/sshd_config'), 0o644);
    await install(path.join(files, 'pam-other'), path.join(root, 'etc/pam.d/other'), 0o644);
    await install(path.join(files, 'pam-sshd'), path.join(root, 'etc/pam.d/sshd'), 0o644);
    await snapshotForNode(context, {
      entry: 'simulators/windows/guest/main.ts',
      outfile: path.join(root, 'opt/standin/guest.blob'),
      external: ['@napi-rs/canvas'],
    });
    for (const name of ['canvas', 'canvas-linux-x64-gnu']) {
      await cp(
        path.dirname(require.resolve(`@napi-rs/${name}/package.json`, { paths: [projectRoot] })),
        path.join(root, 'opt/standin/node_modules/@napi-rs', name),
        { recursive: true, dereference: true },
      );
    }
    await compileStatic(
      context,
      'simulators/windows/standin-shell/standin-shell.c',
      path.join(root, 'usr/bin/standin-shell'),
    );
    const preloaded = path.join(root, 'opt/standin/sftp-view.so');
    await compilePreloaded(context, 'simulators/windows/sftp-view/sftp-view.c', preloaded);
    await makeRdpCertificate(context.run, path.join(root, 'root/.config/freerdp/shadow'));
    await writeFile(path.join(root, 'etc/hostname'), 'STANDIN\n');
    await packSquashfs(context, root, path.join(context.out, 'standin.squashfs'));
  },
};

/** The npm package that comes along, as pinned in the lock file. */
function canvasVersion(): string {
  return (require('@napi-rs/canvas/package.json') as { version: string }).version;
}

async function install(from: string, to: string, mode: number): Promise<void> {
  await cp(from, to);
  await chmod(to, mode);
}

/** FreeRDP's shadow server makes an RSA key at its first start, 12 s under TCG: it finds this one instead. */
async function makeRdpCertificate(
  run: (command: string, args: readonly string[]) => Promise<unknown>,
  folder: string,
): Promise<void> {
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '3650',
    '-subj',
    '/CN=rescue-lab stand-in',
    '-keyout',
    path.join(folder, 'shadow.key'),
    '-out',
    path.join(folder, 'shadow.crt'),
  ]);
}

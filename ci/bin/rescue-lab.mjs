#!/usr/bin/env node
/* The `rescue-lab` command: runs ci/cli/main.ts under Node.js 24 with ts-node, from any Node.js 20 or newer. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCommand } from '../setup/bundle-command.mjs';
import { cacheFolder } from '../setup/cache-folder.mjs';
import { userWithoutIds } from '../setup/check-machine.mjs';
import { ExitCode } from '../setup/exit-codes.mjs';
import { handOver } from '../setup/hand-over.mjs';
import { findNode24 } from '../setup/node-modules.mjs';
import { SetupError } from '../setup/setup-error.mjs';

/** The commands on disk images are started often, and all but `list` mount: they are bundled, and have mounts of their own. */
async function onDiskImages(/** @type {string} */ command) {
  const folder = join(cacheFolder(process.env), 'disk-tools');
  return {
    file: await bundleCommand({ root, entry: 'ci/disk-tools/main.ts', folder }),
    through: command === 'list' ? [] : ownMounts(),
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  };
}

/** The providers alone start within a second: bundled too, but for the npm packages, one of which loads WebAssembly. */
async function withoutMachines() {
  const folder = join(cacheFolder(process.env), 'providers');
  return {
    file: await bundleCommand({ root, entry: 'ci/cli/providers-main.ts', folder, packages: 'external' }),
    env: {
      ...process.env,
      NODE_PATH: join(root, 'node_modules'),
      NODE_COMPILE_CACHE: join(folder, 'compiled'),
    },
  };
}

/**
 * Disk images are mounted in a namespace of the command's own: nobody else sees them, and they go with it. Who is not
 * root gets a user namespace too, with ids besides root's: ntfs-3g sets its groups.
 */
function ownMounts() {
  const unmapped = userWithoutIds(userInfo(), (file) => readFileSync(file, 'utf8'));
  if (unmapped !== undefined) {
    throw new SetupError(
      `Disk images are opened as root or in a user namespace, and ${unmapped} has no user ids to map there: ` +
        `sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 ${unmapped}`,
      ExitCode.setup,
    );
  }
  requireFuse();
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-auto', '--map-root-user'];
  return ['unshare', ...user, '--mount'];
}

/** What is in an image is shown by FUSE; udev lets everybody use it, a machine without udev may not. */
function requireFuse() {
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
  } catch (error) {
    const remedy =
      /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT'
        ? 'it is not there: sudo modprobe fuse, or in a container --device /dev/fuse'
        : `${userInfo().username} may not use it: sudo chmod 666 /dev/fuse`;
    throw new SetupError(`Disk images are opened by way of /dev/fuse, and ${remedy}`, ExitCode.setup);
  }
}

/**
 * Says what to do where the command did not even start, for want of a namespace. Asked only after a failure.
 * @param {readonly string[]} through
 */
function requireMounts([program = '', ...words]) {
  const { status, stderr, error } = spawnSync(program, [...words, 'true'], { encoding: 'utf8' });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim();
  throw new SetupError(
    `Disk images cannot be opened here: a command may not have mounts of its own (${reason}). In a container, allow ` +
      'user namespaces or give it SYS_ADMIN; elsewhere see user.max_user_namespaces and the package uidmap.',
    ExitCode.setup,
  );
}

const root = join(dirname(realpathSync(fileURLToPath(import.meta.url))), '../..');
try {
  if (!existsSync(join(root, 'node_modules/ts-node'))) {
    throw new SetupError(
      'The npm packages are not installed yet; `npm start` in the project does that.',
      ExitCode.setup,
    );
  }
  const args = process.argv.slice(2);
  const command = args[0] ?? '';
  const target = {
    node: findNode24(root),
    root,
    file: 'ci/cli/main.ts',
    args,
    env: process.env,
    ...(['tool', 'inspect', 'list'].includes(command) && (await onDiskImages(command))),
    ...(command === 'up' && args.includes('--no-machines') && (await withoutMachines())),
  };
  process.exitCode = await handOver(target);
  const mounts = ['tool', 'inspect'].includes(command);
  if (mounts && process.exitCode === ExitCode.failed) requireMounts(ownMounts());
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}

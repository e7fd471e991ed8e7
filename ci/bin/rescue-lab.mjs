#!/usr/bin/env node
/* The `rescue-lab` command: runs ci/cli/main.ts under Node.js 24 with ts-node, from any Node.js 20 or newer. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCommand } from '../setup/bundle-command.mjs';
import { cacheFolder } from '../setup/cache-folder.mjs';
import { ExitCode } from '../setup/exit-codes.mjs';
import { handOver } from '../setup/hand-over.mjs';
import { findNode24 } from '../setup/node-modules.mjs';
import { SetupError } from '../setup/setup-error.mjs';

/** The commands on disk images are started often, and mount: they are bundled, and have mounts of their own. */
async function onDiskImages() {
  const folder = join(cacheFolder(process.env), 'disk-tools');
  return {
    file: await bundleCommand({ root, entry: 'ci/disk-tools/main.ts', folder }),
    through: ownMounts(),
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
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-auto', '--map-root-user'];
  return ['unshare', ...user, '--mount'];
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
  const onImages = ['tool', 'inspect'].includes(args[0] ?? '');
  const target = {
    node: findNode24(root),
    root,
    file: 'ci/cli/main.ts',
    args,
    env: process.env,
    ...(onImages && (await onDiskImages())),
    ...(args[0] === 'up' && args.includes('--no-machines') && (await withoutMachines())),
  };
  process.exitCode = await handOver(target);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}

import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BuildContext } from './recipe';

export const debianSuite = 'bookworm';

const mirror = 'deb http://deb.debian.org/debian bookworm main';
const backports = 'bookworm-backports';

/** Paths that no guest of ours reads. */
const neverNeeded = [
  '/usr/share/man/*',
  '/usr/share/doc/*',
  '/usr/share/locale/*',
  '/usr/share/info/*',
  '/usr/share/mime/*',
  '/usr/share/perl/*',
  '/usr/share/perl5/*',
  '/usr/share/bash-completion/*',
  '/usr/share/lintian/*',
  '/usr/lib/x86_64-linux-gnu/perl/*',
  '/usr/lib/x86_64-linux-gnu/perl-base/*',
  '/usr/lib/x86_64-linux-gnu/gconv/*',
];

/**
 * Unpacks Debian packages with their dependencies into a directory, without running their scripts: mmdebstrap fetches
 * and checks, tar unpacks as the present user, so neither root nor a container is needed.
 * @param options.without more paths (shell patterns) to leave out
 * @param options.backports newer versions, where Debian has built them for this release
 */
export async function unpackPackages(
  context: BuildContext,
  packages: readonly string[],
  options: { readonly without?: readonly string[]; readonly backports?: boolean } = {},
): Promise<string> {
  const { without = [], backports: newer = false } = options;
  const tarball = path.join(context.temp, 'packages.tar');
  const root = path.join(context.temp, 'root');
  context.progress(`fetching ${packages.length} packages and what they depend on`);
  await context.run('mmdebstrap', [
    '--quiet',
    '--variant=extract',
    '--architectures=amd64',
    '--format=tar',
    '--skip=output/dev',
    `--include=${packages.join(',')}`,
    '--aptopt=APT::Install-Recommends "false"',
    ...(newer ? [`--aptopt=APT::Default-Release "${backports}"`] : []),
    ...[...neverNeeded, ...without].map((pattern) => `--dpkgopt=path-exclude=${pattern}`),
    debianSuite,
    tarball,
    mirror,
    ...(newer ? [mirror.replace(debianSuite, backports)] : []),
  ]);
  await mkdir(root);
  await context.run('tar', ['--extract', '--no-same-owner', '--file', tarball, '--directory', root]);
  await rm(tarball);
  return root;
}

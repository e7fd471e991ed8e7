import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BuildContext } from './recipe';

/** The day of Debian 12: every file and the image itself are dated so, whenever they are built. */
const DATE = '2023-06-10T00:00:00Z';

/** Files of the archive in the order in which they lie there. */
const PARTS = ['manifest.json', 'config.json', 'layer.tar'] as const;

export interface ContainerImageOptions {
  /** `name:tag` that `docker load` gives it. */
  readonly tag: string;
  /** Of every program started in it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Packs a root file system as an archive for `docker load`, compressed by gzip: one layer, everything owned by root.
 * The same files with the same modes give the same bytes.
 * Format: Docker Image Specification v1.2.0, "Combined Image JSON + Filesystem Changeset Format".
 */
export async function packDockerArchive(
  context: Pick<BuildContext, 'run' | 'temp'>,
  root: string,
  file: string,
  options: ContainerImageOptions,
): Promise<void> {
  const folder = path.join(context.temp, 'archive');
  const layer = path.join(folder, 'layer.tar');
  await mkdir(folder);
  await context.run('tar', [...sameForAll, '-cf', layer, '-C', root, '.']);
  const config = {
    architecture: 'amd64',
    os: 'linux',
    created: DATE,
    config: {
      Env: Object.entries(options.environment).map(([name, value]) => `${name}=${value}`),
      Labels: options.labels,
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${await sha256(layer)}`] },
    history: [{ created: DATE, created_by: 'rescue-lab images build' }],
  };
  const manifest = [{ Config: 'config.json', RepoTags: [options.tag], Layers: ['layer.tar'] }];
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  // Light compression: the archive is read once, and half of the packages' files are compressed already.
  const compress = '--use-compress-program=gzip --no-name --fast';
  await context.run('tar', [...sameForAll, compress, '-cf', file, '-C', folder, ...PARTS]);
  await rm(folder, { recursive: true });
}

const sameForAll = [
  '--format=gnu',
  '--sort=name',
  '--owner=0',
  '--group=0',
  '--numeric-owner',
  `--mtime=${DATE}`,
];

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

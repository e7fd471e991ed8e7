import type { BuildContext } from './recipe';

/** Packs a directory into a squashfs; LZ4 because guests unpack it under emulation. Everything belongs to root. */
export async function packSquashfs(context: BuildContext, directory: string, file: string): Promise<void> {
  await context.run('mksquashfs', [
    directory,
    file,
    '-comp',
    'lz4',
    '-Xhc',
    '-b',
    '256K',
    '-all-root',
    '-noappend',
    '-no-progress',
    '-quiet',
  ]);
}

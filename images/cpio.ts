import type { BuildContext } from './recipe';

/** An uncompressed initial RAM file system: unpacking would cost a guest under emulation more than reading. */
export async function packCpio(context: BuildContext, directory: string, file: string): Promise<void> {
  const script = 'cd "$1" && find . -mindepth 1 | LC_ALL=C sort | cpio --quiet -o -H newc -R 0:0 > "$2"';
  await context.run('sh', ['-c', script, 'sh', directory, file]);
}

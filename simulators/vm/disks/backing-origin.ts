import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { diskFacts } from './disk-facts';
import { qemuImg } from './qemu-img';

/** A line of `qemu-img map --output=json` (QEMU's docs/tools/qemu-img.rst). Depth 0 is the image itself. */
const mapped = z.object({
  start: z.number(),
  length: z.number(),
  depth: z.number(),
  zero: z.boolean(),
  offset: z.number().optional(),
});

/**
 * Names the bytes of a piece of an image by where they lie in the files below it: the same name, the same bytes. Those files
 * must not be written, which is how overlays are used. Undefined where something of it lies in the image itself, or has no
 * fixed place. It takes some 20 ms, whatever the size.
 */
export async function backingOrigin(
  { path, format }: { readonly path: string; readonly format: string },
  { offsetBytes, sizeBytes }: { readonly offsetBytes: number; readonly sizeBytes: number },
): Promise<string | undefined> {
  const [{ backing }, map] = await Promise.all([
    diskFacts(path),
    qemuImg(
      ...['map', '--force-share', '--output=json', '-f', format],
      ...[`--start-offset=${offsetBytes}`, `--max-length=${sizeBytes}`, path],
    ),
  ]);
  const pieces = z.array(mapped).parse(JSON.parse(map));
  const files = await Promise.all(backing.map((file) => fileName(file.path)));
  const names = pieces.map(({ length, depth, zero, offset }) => {
    if (depth === 0) return undefined;
    if (zero) return `${length} zeros`;
    return offset === undefined ? undefined : `${length} at ${offset} of ${files[depth - 1]}`;
  });
  return names.includes(undefined) ? undefined : names.join(', ');
}

/** Another one for each file, and for each version of a file. */
async function fileName(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
  return `${path} ${[dev, ino, size, mtimeNs].join('-')}`;
}

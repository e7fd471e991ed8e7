import { resolve } from 'node:path';
import { diskFacts } from './disk-facts';
import { qemuImg } from './qemu-img';

export interface OverlayOptions {
  /** The base's format; looked up when not given. */
  readonly baseFormat?: 'qcow2' | 'raw';
  /** Bytes that the guest finds; default: those of the base. */
  readonly sizeBytes?: number;
  /** Bytes per cluster, a power of two from 512; QEMU's default is 64 KiB. */
  readonly clusterSize?: number;
}

/** Makes a qcow2 image at `path` that shows what `base` holds and keeps the changes to itself. */
export async function createOverlay(
  base: string,
  path: string,
  { baseFormat, clusterSize, sizeBytes }: OverlayOptions = {},
): Promise<void> {
  const format = baseFormat ?? (await diskFacts(base)).format;
  await qemuImg(
    ...['create', '-q', '-f', 'qcow2', '-F', format, '-b', resolve(base)],
    ...(clusterSize === undefined ? [] : ['-o', `cluster_size=${clusterSize}`]),
    path,
    ...(sizeBytes === undefined ? [] : [String(sizeBytes)]),
  );
}

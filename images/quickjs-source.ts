import path from 'node:path';
import type { BuildContext } from './recipe';

/**
 * The npm package qjsc carries the unchanged sources of QuickJS 2021-03-27 (MIT; Bellard and Gordon). Debian 12 has no
 * QuickJS, and the package's own dependencies (node-gyp and a hundred more) are not wanted, so it is fetched alone and
 * checked against its hash.
 */
export const quickjsSource = {
  package: 'qjsc@0.3.0',
  integrity:
    'sha512-a7+cU6/IVcZbIejffdt/wZVMX6LL2MDL3HQ9Zb5Gm23G9DvBMS/z9GHFxz39bAvp2PvMOM+ypSOAyokt2DdZ2w==',
  folder: 'package/deps/quickjs_2021_03_27',
};

/** Fetches the sources into the build's folder and returns the folder that they are in. */
export async function fetchQuickjs(context: BuildContext): Promise<string> {
  const packed = await context.run('npm', [
    'pack',
    quickjsSource.package,
    '--json',
    '--pack-destination',
    context.temp,
  ]);
  const report = JSON.parse(String(packed.stdout)) as
    | { filename: string; integrity: string }[]
    | Record<string, { filename: string; integrity: string }>;
  const entry = Object.values(report)[0];
  if (entry?.integrity !== quickjsSource.integrity) {
    throw new Error(
      `${quickjsSource.package} has the hash ${entry?.integrity}, expected ${quickjsSource.integrity}`,
    );
  }
  const tarball = path.join(context.temp, path.basename(entry.filename));
  await context.run('tar', ['--extract', '--gzip', '--file', tarball, '--directory', context.temp]);
  return path.join(context.temp, quickjsSource.folder);
}

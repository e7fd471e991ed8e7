import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Recipe } from '../recipe';

/**
 * The npm package qjsc carries the unchanged sources of QuickJS 2021-03-27 (MIT; Bellard and Gordon). Debian 12 has no
 * QuickJS, and the package's own dependencies (node-gyp and a hundred more) are not wanted, so it is fetched alone and
 * checked against its hash.
 */
const source = {
  package: 'qjsc@0.3.0',
  integrity:
    'sha512-a7+cU6/IVcZbIejffdt/wZVMX6LL2MDL3HQ9Zb5Gm23G9DvBMS/z9GHFxz39bAvp2PvMOM+ypSOAyokt2DdZ2w==',
  folder: 'package/deps/quickjs_2021_03_27',
};

const files = ['qjs.c', 'quickjs.c', 'quickjs-libc.c', 'libregexp.c', 'libunicode.c', 'cutils.c', 'libbf.c'];

/** qjs.c refers to the interactive prompt and the calculator, which a boot manager does not have. */
const withoutPrompt = `#include <stdint.h>
const uint32_t qjsc_repl_size = 0; const uint8_t qjsc_repl[1] = {0};
const uint32_t qjsc_qjscalc_size = 0; const uint8_t qjsc_qjscalc[1] = {0};
`;

export const quickjs: Recipe = {
  name: 'quickjs',
  summary: 'a JavaScript engine that starts in milliseconds under emulation, for the boot manager',
  needs: [],
  sources: ['images/recipes/quickjs.ts'],
  parameters: { source, files },
  async build(context) {
    context.progress('fetching the sources');
    const packed = await context.run('npm', [
      'pack',
      source.package,
      '--json',
      '--pack-destination',
      context.temp,
    ]);
    const report = JSON.parse(String(packed.stdout)) as
      | { filename: string; integrity: string }[]
      | Record<string, { filename: string; integrity: string }>;
    const entry = Object.values(report)[0];
    if (entry?.integrity !== source.integrity) {
      throw new Error(`${source.package} has the hash ${entry?.integrity}, expected ${source.integrity}`);
    }
    const tarball = path.join(context.temp, path.basename(entry.filename));
    await context.run('tar', ['--extract', '--gzip', '--file', tarball, '--directory', context.temp]);
    const folder = path.join(context.temp, source.folder);
    await writeFile(path.join(folder, 'without-prompt.c'), withoutPrompt);
    context.progress('compiling (about 20 s)');
    await context.run(
      'gcc',
      [
        '-O2',
        '-static',
        '-s',
        '-w',
        '-D_GNU_SOURCE',
        '-DCONFIG_VERSION="2021-03-27"',
        '-DCONFIG_BIGNUM',
        '-o',
        path.join(context.out, 'qjs'),
        ...files,
        'without-prompt.c',
        '-lm',
        '-lpthread',
      ],
      { cwd: folder },
    );
  },
};

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fetchQuickjs, quickjsSource as source } from '../quickjs-source';
import type { Recipe } from '../recipe';

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
  sources: ['images/recipes/quickjs.ts', 'images/quickjs-source.ts'],
  parameters: { source, files },
  async build(context) {
    context.progress('fetching the sources');
    const folder = await fetchQuickjs(context);
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

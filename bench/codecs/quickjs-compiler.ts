import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { fetchQuickjs, quickjsSource } from '../../images/quickjs-source';
import type { Recipe } from '../../images/recipe';

const files = ['quickjs', 'quickjs-libc', 'libregexp', 'libunicode', 'cutils', 'libbf'];
const flags = ['-O2', '-w', '-D_GNU_SOURCE', '-DCONFIG_VERSION="2021-03-27"', '-DCONFIG_BIGNUM'];

/** qjsc, which turns a program into bytecode in a C file, and the engine as a library to link that with. */
export const quickjsCompiler: Recipe = {
  name: 'quickjs-compiler',
  summary:
    'the compiler of the JavaScript engine that starts in milliseconds, for the benchmark of the codecs',
  needs: [],
  sources: ['bench/codecs/quickjs-compiler.ts', 'images/quickjs-source.ts'],
  parameters: { quickjsSource, files, flags },
  async build(context) {
    context.progress('fetching the sources');
    const cwd = await fetchQuickjs(context);
    context.progress('compiling (about 20 s)');
    await context.run('gcc', [...flags, '-c', ...files.map((name) => `${name}.c`)], { cwd });
    const library = path.join(context.out, 'libquickjs.a');
    await context.run('ar', ['rcs', library, ...files.map((name) => `${name}.o`)], { cwd });
    const compiler = path.join(context.out, 'qjsc');
    const own = ['-DCONFIG_CC="gcc"', '-DCONFIG_PREFIX="/usr"', '-o', compiler, 'qjsc.c', library];
    await context.run('gcc', [...flags, ...own, '-lm', '-lpthread', '-ldl'], { cwd });
    for (const header of ['quickjs.h', 'quickjs-libc.h']) {
      await copyFile(path.join(cwd, header), path.join(context.out, header));
    }
  },
};

import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { wrap } from 'node:module';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import { projectRoot } from './key';

/** One file for Node.js 24 inside a guest, with `banner` at its top. `external` modules are shipped beside it. */
export async function bundleForNode(
  entry: string,
  outfile: string,
  external: readonly string[] = [],
  banner = '',
): Promise<void> {
  await build({
    entryPoints: [path.resolve(projectRoot, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: [...external],
    banner: { js: banner },
    logLevel: 'silent',
  });
}

/**
 * A bundle for Node.js as above, with V8's code cache: `<name>.cjs` starts `<name>.js` by `<name>.js.cache`. For a program
 * that has to be up soon in a guest: compiling takes longer than the program under TCG. The cache holds every function, not
 * only those that V8 compiles at once: reading it costs less than compiling those that are called.
 */
export async function bundleWithCodeCache(
  entry: string,
  outfile: string,
  external: readonly string[] = [],
): Promise<void> {
  const bundle = outfile.replace(/\.cjs$/, '.js');
  await bundleForNode(entry, bundle, external);
  const source = wrap(await readFile(bundle, 'utf8'));
  await writeFile(`${bundle}.cache`, compileWhole(source).createCachedData());
  await copyFile(path.join(projectRoot, 'images/files/load-bundle.cjs'), outfile);
}

/** V8 leaves functions for later that are not called at once; with this flag it does not. A cache names the flags, without this one. */
function compileWhole(source: string): Script {
  setFlagsFromString('--no-lazy');
  try {
    return new Script(source);
  } finally {
    setFlagsFromString('--lazy');
  }
}

/** One ES module for QuickJS 2021-03-27 (ES2020, no Node.js API), short: it is read as text each time. */
export async function bundleForQuickJs(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [path.resolve(projectRoot, entry)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'neutral',
    target: 'es2020',
    format: 'esm',
    alias: { 'quickjs-std': 'std', 'quickjs-os': 'os' },
    external: ['std', 'os'],
    logLevel: 'silent',
  });
}

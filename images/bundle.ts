import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './key';

/** One file for Node.js 24 inside a guest. `external` modules are shipped beside it. */
export async function bundleForNode(
  entry: string,
  outfile: string,
  external: readonly string[] = [],
): Promise<void> {
  await build({
    entryPoints: [path.join(projectRoot, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: [...external],
    logLevel: 'silent',
  });
}

/** One ES module for QuickJS 2021-03-27 (ES2020, no Node.js API). */
export async function bundleForQuickJs(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [path.join(projectRoot, entry)],
    outfile,
    bundle: true,
    platform: 'neutral',
    target: 'es2020',
    format: 'esm',
    alias: { 'quickjs-std': 'std', 'quickjs-os': 'os' },
    external: ['std', 'os'],
    logLevel: 'silent',
  });
}

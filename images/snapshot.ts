import path from 'node:path';
import { bundleForNode } from './bundle';
import { nodeBinary } from './node-binary';
import type { BuildContext } from './recipe';

/** Modules of Node.js 24 that hold something of the running process as soon as they are loaded. */
const notInSnapshots = ['node:http'];

/**
 * In a snapshot `require` knows Node.js' own modules only. Those that a snapshot cannot hold are loaded when they are first
 * used, those beside the program when they are asked for: they lie where the program's second argument says.
 */
const requireLater = `
const builtIn = require;
const later = new Set(${JSON.stringify(notInSnapshots)});
require = (name) => {
  if (later.has(name)) return new Proxy({}, { get: (_, key) => builtIn(name)[key] });
  return name.startsWith('node:') ? builtIn(name) : builtIn('node:module').createRequire(process.argv[1])(name);
};`;

/**
 * A program for Node.js inside a guest that starts with everything loaded: a snapshot of V8's heap (node(1),
 * `--build-snapshot`). Loading and compiling take longer than the program under TCG. It is started with
 * `node --snapshot-blob <outfile> <path beside its modules>`, by the very binary that made it (`nodeBinary`).
 * @param entry calls `startupSnapshot.setDeserializeMainFunction` with what is to run in the guest
 * @param external modules that are shipped beside it, and that nothing asks for while the entry is loaded
 */
export async function snapshotForNode(
  context: Pick<BuildContext, 'run' | 'temp'>,
  { entry, outfile, external = [] }: { entry: string; outfile: string; external?: readonly string[] },
): Promise<void> {
  const bundle = path.join(context.temp, `${path.basename(outfile)}.js`);
  await bundleForNode(entry, bundle, external, requireLater);
  await context.run(nodeBinary().file, ['--snapshot-blob', outfile, '--build-snapshot', bundle]);
}

import { createHash, randomUUID } from 'node:crypto';
import { constants, existsSync, readdirSync, statSync } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExitCode } from './exit-codes.mjs';
import { SetupError } from './setup-error.mjs';

/** A bundle that nobody has started for this long goes, when another one is made (ms). */
const UNUSED = 24 * 60 * 60 * 1000;

/** Where the sources of a bundled command may lie. */
const SOURCES = ['ci', 'images', 'simulators'];

/**
 * One file of JavaScript for a command that is started often: with ts-node, reading and translating some hundred files
 * takes longer than the work. It is made anew when a source file or the packages have changed.
 * @param {{ root: string, entry: string, folder: string, packages?: 'bundle' | 'external' }} command `folder` is its
 *   own, in the cache; `external`: the npm packages stay where they are, and are found by NODE_PATH
 * @returns {Promise<string>} path of the bundle
 */
export async function bundleCommand({ root, entry, folder, packages = 'bundle' }) {
  const key = sourcesKey(root);
  const bundle = join(folder, `${key}.cjs`);
  const now = new Date();
  // Its time says when it was used last.
  if (existsSync(bundle)) {
    await utimes(bundle, now, now).catch(() => undefined);
    return bundle;
  }
  await makeOwnFolder(folder);
  const { build } = await import('esbuild');
  const unfinished = join(folder, `.${randomUUID()}.cjs`);
  await build({
    entryPoints: [join(root, entry)],
    outfile: unfinished,
    bundle: true,
    packages,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    logLevel: 'silent',
    plugins: [ownFolders(root), besideTheirFiles()],
  });
  await rename(unfinished, bundle);
  // Bundles of earlier sources. A young one may be about to start, from this checkout or another; those in the making are
  // other processes'.
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (/^\w+\.cjs$/.test(name) && now.getTime() - used > UNUSED) await rm(path, { force: true });
  }
  return bundle;
}

/** @param {string} folder */
async function makeOwnFolder(folder) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new SetupError(
      `The cache folder ${folder} cannot be written; RESCUE_LAB_CACHE can name one that you may write.`,
      ExitCode.setup,
      { cause },
    );
  }
}

/** Size and time of every source file, and of the lock file. @param {string} root */
function sourcesKey(root) {
  const hash = createHash('sha256').update(process.version);
  /** @param {string} path */
  const add = (path) => {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  add(join(root, 'package-lock.json'));
  for (const folder of SOURCES) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
        add(join(entry.parentPath, entry.name));
    }
  }
  return hash.digest('hex').slice(0, 20);
}

/**
 * `__dirname` in our own files stays that of the source file: scripts lie beside them.
 * @param {string} root
 * @returns {import('esbuild').Plugin}
 */
function ownFolders(root) {
  return {
    name: 'own folders',
    setup(builder) {
      builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!SOURCES.some((folder) => path.startsWith(join(root, folder)))) return undefined;
        const text = await readFile(path, 'utf8');
        return { contents: text.replaceAll('__dirname', JSON.stringify(dirname(path))), loader: 'ts' };
      });
    },
  };
}

/**
 * Packages that look for a file beside their own are not bundled, but loaded from where they are.
 * @returns {import('esbuild').Plugin}
 */
function besideTheirFiles() {
  return {
    name: 'beside their files',
    setup(builder) {
      builder.onResolve({ filter: /^js-fatfs$/ }, () => ({
        path: fileURLToPath(import.meta.resolve('js-fatfs')),
        external: true,
      }));
    },
  };
}

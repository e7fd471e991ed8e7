import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExitCode } from './exit-codes.mjs';
import { SetupError } from './setup-error.mjs';

const STAMP = 'node_modules/.rescue-lab-lock';
/** Whatever this user's npm leaves out by default; and a line for each package fetched, as progress. */
const INSTALL_ALL = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=http'];

/**
 * @typedef {object} DependencyContext
 * @property {string} root of the repository
 * @property {import('./run-command.mjs').Run} run
 * @property {Record<string, string | undefined>} env
 * @property {(detail: string) => void} progress
 *
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> }} Lock
 */

/**
 * Runs `npm ci` unless node_modules already is what the lock file says. Returns one line for people.
 * @param {DependencyContext} context
 */
export async function installDependencies({ root, run, env, progress }) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  /** @type {Lock} */
  const lock = JSON.parse(lockText);
  const stamp = createHash('sha256').update(`${process.arch} ${lockText}`).digest('hex');
  const count = Object.keys(lock.packages).length - 1;
  if (read(join(root, STAMP)) === stamp) return `all ${count} there`;
  const hidden = read(join(root, 'node_modules/.package-lock.json'));
  if (hidden && matchesLock(lock, JSON.parse(hidden))) {
    writeStamp(root, stamp);
    return `all ${count} there`;
  }

  let fetched = 0;
  const npm = (/** @type {readonly string[]} */ command) =>
    run(['npm', ...command, ...INSTALL_ALL], {
      cwd: root,
      env: { ...env, PATH: withoutOwnPrograms(env['PATH'] ?? '', root) },
      onLine: (line) => {
        if (!/http fetch GET 200 \S+\.tgz/.test(line)) return;
        fetched += 1;
        progress(`${fetched} of at most ${count} fetched`);
      },
    });
  progress(`${count} in the lock file: npm ci`);
  let result = await npm(['ci']);
  if (result.code !== 0 && onlyForeignPlatformsMissing(result.stderr)) {
    progress(
      'the registry does not carry the packages of other platforms: npm install, by the same lock file',
    );
    result = await npm(['install', '--no-save']);
  }
  if (result.code !== 0) throw npmFailure(result.stderr);
  writeStamp(root, stamp);
  const { stdout } = await run(['du', '-sm', join(root, 'node_modules')]);
  return `installed ${count} (${Number.parseInt(stdout, 10)} MiB on disk)`;
}

/**
 * Whether an installed tree (npm's `node_modules/.package-lock.json`) holds everything of the lock file in the right
 * version. Only optional packages, those of other platforms, may be missing.
 * @param {Lock} lock
 * @param {Lock} hidden
 */
export function matchesLock(lock, hidden) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const found = hidden.packages[path];
    return found ? found.version === wanted.version : wanted.optional === true || wanted.devOptional === true;
  });
}

/**
 * The Node.js 24 for this machine: the one that npm put into node_modules, or the running one if it is new enough.
 * @param {string} root
 * @returns {string} absolute path
 */
export function findNode24(root) {
  const own = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  try {
    accessSync(own, constants.X_OK);
    return own;
  } catch (cause) {
    const [major = 0] = process.versions.node.split('.').map(Number);
    if (major >= 24) return process.execPath;
    throw new SetupError(
      `Node.js 24 is not in node_modules and this is Node.js ${process.versions.node} on ${process.platform}-${process.arch}; ` +
        'install Node.js 24 and start again, or remove node_modules if an earlier installation was cut short.',
      ExitCode.node,
      { cause },
    );
  }
}

/** npm must not run under the Node.js inside the folder that it is about to replace. @param {string} path @param {string} root */
function withoutOwnPrograms(path, root) {
  return path
    .split(':')
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')))
    .join(':');
}

/**
 * Whether `npm ci` only misses packages that it could not even find a version of. A registry mirror that does not carry
 * the optional packages of other platforms makes npm write a lock file without them, and then refuse that same file.
 * @param {string} output
 */
export function onlyForeignPlatformsMissing(output) {
  const complaints = output.match(/^npm error (?:Missing|Invalid): .*$/gm) ?? [];
  return complaints.length > 0 && complaints.every((line) => /Missing: \S+@ from lock file$/.test(line));
}

/** @param {string} output */
function npmFailure(output) {
  const [beforeUsage = ''] = output.split(/^npm error Clean install a project$/m);
  const lines = beforeUsage.split('\n').filter((line) => !/ http fetch |^npm warn/.test(line));
  const more = { output: lines.join('\n') };
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output)) {
    return new SetupError(
      'The npm registry could not be reached; check the network (or the proxy of npm), then start again.',
      ExitCode.offline,
      more,
    );
  }
  if (/ENOSPC/.test(output)) {
    return new SetupError(
      'The disk filled up while npm was installing; free some, then start again.',
      ExitCode.resources,
      more,
    );
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return new SetupError(
      'npm may not write to node_modules; give this user the folder (chown), or clone it as this user, then start again.',
      ExitCode.setup,
      more,
    );
  }
  if (/EUSAGE/.test(output)) {
    return new SetupError(
      'package.json and package-lock.json do not agree; run `npm install` and commit the lock file.',
      ExitCode.setup,
      more,
    );
  }
  return new SetupError('`npm ci` failed; see what it says above, then start again.', ExitCode.setup, more);
}

/** The stamp only saves time: a tree that another user owns is compared anew each time. @param {string} root @param {string} stamp */
function writeStamp(root, stamp) {
  try {
    writeFileSync(join(root, STAMP), stamp);
  } catch (error) {
    if (!/EACCES|EROFS|EPERM/.test(String(error))) throw error;
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

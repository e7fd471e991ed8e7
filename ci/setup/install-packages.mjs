import { parsePackageList, queryPackages } from './debian-packages.mjs';
import { ExitCode } from './exit-codes.mjs';
import { SetupError } from './setup-error.mjs';

const NONINTERACTIVE = 'DEBIAN_FRONTEND=noninteractive';
/** Waits for another apt instead of failing, e.g. the nightly one. */
const LOCK_WAIT = ['-o', 'DPkg::Lock::Timeout=120'];

/**
 * @typedef {object} PackageContext
 * @property {string} list text of debian-packages.txt
 * @property {import('./run-command.mjs').Run} run
 * @property {number} uid
 * @property {Record<string, string | undefined>} env
 * @property {(detail: string) => void} progress
 */

/**
 * Installs the packages of the list that are missing, when this user may. Returns one line for people.
 * @param {PackageContext} context
 * @returns {Promise<string>}
 */
export async function installPackages(context) {
  const packages = parsePackageList(context.list);
  const installed = await queryPackages(packages, context.run);
  if (!installed) throw notDebian(packages);
  const missing = packages.map(({ name }) => name).filter((name) => !installed.has(name));
  if (missing.length === 0) return `all ${packages.length} there`;

  const prefix = await commandPrefix(context, missing);
  context.progress(`${missing.length} of ${packages.length} missing: reading the package index`);
  await apt(context, [...prefix, 'apt-get', ...LOCK_WAIT, '-q', 'update'], missing);
  const install = [
    ...prefix,
    'apt-get',
    ...LOCK_WAIT,
    '-q',
    '-y',
    '--no-install-recommends',
    'install',
    ...missing,
  ];
  const size = await apt(context, install, missing);
  return `installed ${missing.length}${size ? ` (${size})` : ''}: ${missing.join(' ')}`;
}

/** The command to type, as one line. @param {readonly string[]} missing @param {boolean} root */
export function commandToType(missing, root) {
  const sudo = root ? '' : 'sudo ';
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${missing.join(' ')}`;
}

/**
 * How to become root for apt-get: not at all, or sudo without a password.
 * @param {PackageContext} context
 * @param {readonly string[]} missing
 */
async function commandPrefix({ run, uid }, missing) {
  if ((await run(['apt-get', '--version'])).code === 127) {
    throw new SetupError(
      `apt-get was not found; install these packages with this system's own tools: ${missing.join(' ')}`,
      ExitCode.packages,
    );
  }
  if (uid === 0) return ['env', NONINTERACTIVE];
  // Some sudo rules allow apt-get alone and no variables with it; debconf without a terminal asks nothing either.
  for (const prefix of [
    ['sudo', '-n', NONINTERACTIVE],
    ['sudo', '-n'],
  ]) {
    if ((await run([...prefix, 'apt-get', '--version'])).code === 0) return prefix;
  }
  throw new SetupError(
    `${missing.length} Debian packages are missing and this user may not install them without a password. Type this, then start again:\n\n` +
      `    ${commandToType(missing, false)}\n`,
    ExitCode.packages,
  );
}

/**
 * @param {PackageContext} context
 * @param {readonly string[]} command
 * @param {readonly string[]} missing
 * @returns {Promise<string>} what apt says about sizes, or ''
 */
async function apt({ run, env, progress }, command, missing) {
  let size = '';
  const onLine = (/** @type {string} */ line) => {
    const need = /^Need to get (.+) of archives/.exec(line);
    const after = /^After this operation, (.+) of additional disk space/.exec(line);
    if (need) size = `${need[1]} to download`;
    if (after) size = size ? `${size}, ${after[1]} on disk` : `${after[1]} on disk`;
    const what = aptActivity(line);
    if (what) progress(size ? `${size}: ${what}` : what);
  };
  const result = await run(command, { env: { ...env, LC_ALL: 'C' }, onLine });
  if (result.code !== 0) throw aptFailure(result.stderr || result.stdout, missing, command.includes('sudo'));
  return size;
}

/** What one line of apt-get's output says it is doing now, in a few words. @param {string} line */
export function aptActivity(line) {
  const get = /^Get:(\d+) \S+ \S+ \S+ (\S+) /.exec(line);
  if (get) return `fetching ${get[2]} (${get[1]})`;
  const unpack = /^(Unpacking|Setting up) (\S+)/.exec(line);
  return unpack ? `${unpack[1] === 'Unpacking' ? 'unpacking' : 'setting up'} ${unpack[2]}` : undefined;
}

/** @param {string} output @param {readonly string[]} missing @param {boolean} sudo */
function aptFailure(output, missing, sudo) {
  const unknown = [
    ...output.matchAll(/Unable to locate package (\S+)|Package '?([^\s']+)'? has no installation candidate/g),
  ];
  if (unknown.length > 0) {
    const names = unknown.map((match) => match[1] ?? match[2]).join(', ');
    return new SetupError(
      `apt knows no package ${names}; this project needs the packages of Debian 12: check /etc/apt/sources.list, then start again.`,
      ExitCode.packages,
      { output },
    );
  }
  if (
    /Could not resolve|Temporary failure|Failed to fetch|Could not connect|Network is unreachable|timed out/.test(
      output,
    )
  ) {
    return new SetupError(
      'The Debian mirror could not be reached; check the network (or the proxy of apt), then start again.',
      ExitCode.offline,
      { output },
    );
  }
  if (/No space left|enough free space/.test(output)) {
    return new SetupError(
      'The disk filled up while apt was installing; free some, then start again.',
      ExitCode.resources,
      {
        output,
      },
    );
  }
  return new SetupError(
    `apt-get failed; see what it says above, or type it by hand: ${commandToType(missing, !sudo)}`,
    ExitCode.packages,
    { output },
  );
}

/** @param {readonly import('./debian-packages.mjs').DebianPackage[]} packages */
function notDebian(packages) {
  return new SetupError(
    `This is not a Debian system (no dpkg-query), so nothing was installed; Rescue Lab runs on Debian 12 and needs: ${packages
      .map(({ name }) => name)
      .join(' ')}`,
    ExitCode.packages,
  );
}

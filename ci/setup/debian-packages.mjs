/**
 * @typedef {object} DebianPackage
 * @property {string} name
 * @property {string} purpose what it is for, from the comment on its line
 */

/**
 * Reads the package list: one name a line, `#` starts a comment, the comment on a package's line says what it is for.
 * @param {string} text
 * @returns {DebianPackage[]}
 */
export function parsePackageList(text) {
  const packages = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [before = '', ...comment] = line.split('#');
    const name = before.trim();
    if (name === '') continue;
    // Debian Policy 5.6.1: at least two characters, lower case letters, digits, plus, minus and full stop.
    if (!/^[a-z0-9][a-z0-9+.-]+$/.test(name)) {
      throw new Error(
        `Line ${index + 1} of the package list is not the name of a Debian package: "${name}".`,
      );
    }
    packages.push({ name, purpose: comment.join('#').trim() });
  }
  return packages;
}

/** The `dpkg-query` call whose output `installedVersions` reads. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own format language
export const DPKG_QUERY = ['dpkg-query', '-W', '-f', '${Package} ${db:Status-Status} ${Version}\\n'];

/**
 * @param {string} output of DPKG_QUERY
 * @returns {Map<string, string>} version by name, of the packages that are fully installed
 */
export function installedVersions(output) {
  const versions = new Map();
  for (const line of output.split('\n')) {
    const [name, status, version] = line.split(' ');
    if (name && version && status === 'installed') versions.set(name, version);
  }
  return versions;
}

/**
 * Which packages of a list are installed, in which version; undefined where the host has no dpkg.
 * @param {readonly DebianPackage[]} packages
 * @param {import('./run-command.mjs').Run} run
 * @returns {Promise<Map<string, string> | undefined>}
 */
export async function queryPackages(packages, run) {
  const result = await run([...DPKG_QUERY, ...packages.map(({ name }) => name)]);
  // Exit 1 only means that some names are unknown; they are then missing from the output.
  return result.code === 127 ? undefined : installedVersions(result.stdout);
}

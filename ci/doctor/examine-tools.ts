import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePackageList, queryPackages } from '../setup/debian-packages.mjs';
import { commandToType } from '../setup/install-packages.mjs';
import { type Lock, matchesLock } from '../setup/node-modules.mjs';
import { type Run, runCommand } from '../setup/run-command.mjs';
import type { Finding } from './finding';

const root = join(__dirname, '../..');

export async function examineNode(): Promise<Finding> {
  const found = `${process.version} (${process.execPath})`;
  const [major = 0] = process.versions.node.split('.').map(Number);
  const node = { id: 'node', name: 'Node.js', found, details: { version: process.versions.node } };
  return major >= 24
    ? { ...node, status: 'ok' }
    : { ...node, status: 'missing', advice: 'npm start puts Node.js 24 in place' };
}

export async function examineDependencies(): Promise<Finding> {
  const read = (file: string): Lock => JSON.parse(readFileSync(join(root, file), 'utf8')) as Lock;
  const lock = read('package-lock.json');
  const count = Object.keys(lock.packages).length - 1;
  const base = { id: 'npm', name: 'npm packages' };
  try {
    if (matchesLock(lock, read('node_modules/.package-lock.json'))) {
      return { ...base, status: 'ok', found: `${count}, as in the lock file` };
    }
  } catch {
    // No installed tree that npm knows of: the same advice.
  }
  return { ...base, status: 'missing', found: 'not what the lock file says', advice: 'npm ci' };
}

/** Debian packages of the one list, with versions. */
export async function examinePackages(run: Run = runCommand): Promise<Finding> {
  const list = parsePackageList(readFileSync(join(root, 'ci/setup/debian-packages.txt'), 'utf8'));
  const installed = await queryPackages(list, run);
  const base = { id: 'debian-packages', name: 'Debian packages' };
  if (!installed) {
    return {
      ...base,
      status: 'missing',
      found: 'this is not a Debian system (no dpkg-query)',
      advice: 'use Debian 12; ci/setup/debian-packages.txt says what is needed',
    };
  }
  const missing = list.filter(({ name }) => !installed.has(name));
  const details = { versions: Object.fromEntries(installed), missing: missing.map(({ name }) => name) };
  if (missing.length === 0) return { ...base, status: 'ok', found: `all ${list.length}`, details };
  return {
    ...base,
    status: 'missing',
    found: missing.map(({ name, purpose }) => `no ${name} (${purpose})`).join(', '),
    advice: commandToType(details.missing, process.getuid?.() === 0),
    details,
  };
}

/** The container engine for the workstation. Without one its programs run on the host. */
export async function examineDocker(run: Run = runCommand): Promise<Finding> {
  const base = { id: 'docker', name: 'Docker engine' };
  const { code, stdout } = await run(['docker', 'version', '--format', '{{.Server.Version}}']);
  if (code === 0) return { ...base, status: 'ok', found: stdout.trim() };
  const none = code === 127;
  return {
    ...base,
    status: 'limited',
    found: none ? 'not installed' : 'installed, the engine does not answer',
    advice: `optional: without it the customer's programs run on this host instead of in a container${none ? '' : '; as root, start dockerd'}`,
  };
}

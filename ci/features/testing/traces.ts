import { execFileSync } from 'node:child_process';
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { namedSockets, socketsOf, tcpListeners } from './proc-net';

/** What a run has on this machine, or has left there. */
export interface Traces {
  readonly processes: readonly { readonly pid: number; readonly command: string }[];
  /** TCP sockets that take connections. */
  readonly listeners: readonly string[];
  readonly unixSockets: readonly string[];
  readonly mounts: readonly string[];
  readonly files: readonly string[];
  readonly containers: readonly string[];
}

export const nothing: Traces = {
  processes: [],
  listeners: [],
  unixSockets: [],
  mounts: [],
  files: [],
  containers: [],
};

/** Kept on purpose, for later runs: compiled modules, images and the like; and the run's report. */
const KEPT = /^(v8-compile-cache|node-compile-cache|reports|cache\/(images|disk-tools|accelerator\.json$))/;

/**
 * Finds everything of a run whose TMPDIR, cache and reports lie in one folder that no other process knows: each
 * process of the run, however it came to be, has that folder in its environment.
 */
export class TraceFinder {
  readonly #sockets = new Set<string>();
  readonly #addresses = new Set<string>();
  readonly #paths = new Set<string>();

  constructor(readonly folder: string) {}

  find(): Traces {
    const processes = this.#processes();
    for (const { pid } of processes) for (const inode of socketsOf(pid)) this.#sockets.add(inode);
    for (const address of this.#reserved()) this.#addresses.add(address);
    return {
      processes,
      listeners: tcpListeners()
        .filter(({ address, inode }) => this.#sockets.has(inode) || this.#addresses.has(hostOf(address)))
        .map(({ address }) => address),
      unixSockets: this.#unixSockets(),
      mounts: readFileSync('/proc/self/mountinfo', 'utf8')
        .split('\n')
        .filter((line) => line.includes(this.folder)),
      files: this.#files(),
      containers: containers().filter((line) => line.includes(this.folder)),
    };
  }

  /** Those in use, and the files of those that were in use at an earlier look. */
  #unixSockets(): string[] {
    const used = namedSockets()
      .filter(({ path, inode }) => path.includes(this.folder) || this.#sockets.has(inode))
      .map(({ path }) => path);
    for (const path of used) this.#paths.add(path);
    return [...this.#paths].filter((path) => used.includes(path) || existsSync(path));
  }

  #processes(): { pid: number; command: string }[] {
    return readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .flatMap((entry) => {
        const command = words(`/proc/${entry}/cmdline`).join(' ');
        const belongs =
          command.includes(this.folder) ||
          words(`/proc/${entry}/environ`).some((variable) => variable.includes(this.folder));
        return belongs ? [{ pid: Number(entry), command }] : [];
      });
  }

  /** Addresses that a session of the run has, or had at an earlier look. */
  #reserved(): string[] {
    const root = readdirSync(this.folder).find((entry) => entry.startsWith('rescue-lab-'));
    const addresses = root && join(this.folder, root, 'addresses');
    return addresses && existsSync(addresses) ? readdirSync(addresses) : [];
  }

  #files(): string[] {
    return entriesBelow(this.folder)
      .filter((entry) => !entry.isDirectory() || sessionFolder.test(entry.name))
      .map((entry) => relative(this.folder, join(entry.parentPath, entry.name)))
      .filter((path) => !KEPT.test(path));
  }
}

/** A session's own folder, or one that it has in another place. */
const sessionFolder = /^(\.new-.*|\.?[0-9a-f]{8}-[0-9a-f]{4}.*)$/;

/** Folders that a run removes during the look count as gone. */
function entriesBelow(folder: string): Dirent[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return entries.flatMap((entry) =>
    entry.isDirectory() ? [entry, ...entriesBelow(join(folder, entry.name))] : [entry],
  );
}

function words(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\0');
  } catch {
    return []; // Ended meanwhile, or another user's.
  }
}

function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':'));
}

/** One line per container, running or not, with what is mounted into it; none where no engine answers. */
function containers(): string[] {
  try {
    const format = ['--format', '{{.ID}} {{.Names}} {{.Labels}} {{.Mounts}}'];
    const text = execFileSync('docker', ['ps', '--all', '--no-trunc', ...format], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return text.split('\n').filter((line) => line !== '');
  } catch {
    return [];
  }
}

/** A command line that is QEMU with a machine of a lab, whichever way QEMU was started. */
export function isMachine({ command }: { readonly command: string }): boolean {
  return /qemu-system-x86_64 .*-name guest=rescue-lab/.test(command);
}

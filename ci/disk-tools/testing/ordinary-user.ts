import { execFile, execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { hasProgram } from '../../../simulators/disk/testing/partition-programs';

const PROJECT = join(__dirname, '../../..');
/** No one on the machine, and ids that belong to no one. */
const USER = { name: 'lab-ordinary-user', id: 64_123, firstSubordinateId: 2_000_000_000 };
/** Device numbers of /dev/fuse (Documentation/admin-guide/devices.txt: a miscellaneous device). */
const FUSE = { major: 10, minor: 229 } as const;
const FILES = ['/etc/passwd', '/etc/subuid', '/etc/subgid'];

/** The arguments are the user's folder, that of the project, and what to run. */
const SCRIPT = `
mount --bind "$1/passwd" /etc/passwd
mount --bind "$1/ids" /etc/subuid
mount --bind "$1/ids" /etc/subgid
mount --bind "$2" "$1/project"
mount --bind "$1/fuse" /dev/fuse
cd "$1/home"
export HOME="$1/home" TMPDIR="$1/tmp" XDG_CACHE_HOME="$1/cache" INIT_CWD="$1/home" NO_COLOR=1
unset RESCUE_LAB_CACHE
shift 2
exec setpriv --reuid ${USER.id} --regid ${USER.id} --clear-groups "$@"`;

/**
 * Somebody who is not root, for as long as a test takes: commands see other files in /etc, in mount namespaces of their
 * own, and nothing changes on the machine. Needs root.
 */
export class OrdinaryUser {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ordinary-user-'));

  /**
   * @param mapped whether /etc/subuid and /etc/subgid have a range of ids for the user
   * @param fuse the mode of /dev/fuse. udev gives it 0666; a machine without udev may not
   */
  constructor({ mapped, fuse = 0o666 }: { readonly mapped: boolean; readonly fuse?: number }) {
    chmodSync(this.#folder, 0o755);
    for (const name of ['home', 'cache', 'project']) mkdirSync(join(this.#folder, name));
    for (const name of ['home', 'cache']) chownSync(join(this.#folder, name), USER.id, USER.id);
    // As on a machine where root has used the lab.
    mkdirSync(join(this.#folder, 'tmp/rescue-lab-0'), { recursive: true, mode: 0o700 });
    chmodSync(join(this.#folder, 'tmp'), 0o1777);
    const passwd = readFileSync('/etc/passwd', 'utf8');
    const entry = `${USER.name}:x:${USER.id}:${USER.id}::${this.home}:/bin/sh\n`;
    writeFileSync(join(this.#folder, 'passwd'), passwd + entry);
    this.#makeFuse(fuse);
    writeFileSync(join(this.#folder, 'ids'), mapped ? `${USER.name}:${USER.firstSubordinateId}:65536\n` : '');
  }

  get home(): string {
    return join(this.#folder, 'home');
  }

  /** A file of the user's own. */
  write(name: string, bytes: Uint8Array, mode = 0o644): string {
    const file = join(this.home, name);
    writeFileSync(file, bytes);
    chownSync(file, USER.id, USER.id);
    chmodSync(file, mode);
    return file;
  }

  /** Why there can be no such user here; undefined where there can. */
  whyNot(): string | undefined {
    const { status, stderr } = spawnSync(
      'unshare',
      this.#command(['unshare', '--user', '--map-auto', 'true']),
      {
        encoding: 'utf8',
      },
    );
    return status === 0 ? undefined : stderr.trim();
  }

  /** Runs `rescue-lab` as the user. */
  rescueLab(...words: string[]): Promise<{ code: number; output: string; errors: string }> {
    const project = join(this.#folder, 'project');
    const node = relative(PROJECT, process.execPath);
    const program = [
      node.startsWith('..') ? process.execPath : join(project, node),
      join(project, 'ci/bin/rescue-lab.mjs'),
    ];
    return new Promise((resolve) => {
      const child = execFile('unshare', this.#command([...program, ...words]), (_, output, errors) =>
        resolve({ code: child.exitCode ?? -1, output, errors }),
      );
      child.stdin?.end();
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A node for the same device. */
  #makeFuse(mode: number): void {
    const node = join(this.#folder, 'fuse');
    execFileSync('mknod', [node, 'c', String(FUSE.major), String(FUSE.minor)]);
    chmodSync(node, mode);
  }

  #command(words: readonly string[]): string[] {
    return ['--mount', 'sh', '-e', '-c', SCRIPT, 'sh', this.#folder, PROJECT, ...words];
  }
}

/** Why nobody else than who runs the tests can be tried; undefined where somebody can. */
export function whyNoOrdinaryUser(): string | undefined {
  if (process.getuid?.() !== 0) return 'not as root';
  const missing = ['setpriv', 'newuidmap'].filter((program) => !hasProgram(program));
  if (missing.length > 0) return `${missing.join(', ')} missing`;
  const absent = FILES.filter((file) => !existsSync(file));
  if (absent.length > 0) return `no ${absent.join(', ')}`;
  try {
    using user = new OrdinaryUser({ mapped: true });
    return user.whyNot();
  } catch (error) {
    // Not every root may make device nodes.
    return error instanceof Error ? error.message : String(error);
  }
}

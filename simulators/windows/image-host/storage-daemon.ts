import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { execa, type ResultPromise } from 'execa';
import { QmpClient } from '../../vm';

/** For an answer of the daemon on a busy machine (ms). */
const DEADLINE = 30_000;

type DaemonProcess = ResultPromise<{ buffer: false; stdio: ['pipe', 'pipe', 'pipe'] }>;

/** A block driver of QEMU with its options, as `blockdev-add` takes them; `file` may hold the one below it. */
export interface BlockNode {
  readonly driver: string;
  readonly [option: string]: unknown;
}

/** What a daemon serves as a plain file. */
export interface ExportedFile {
  readonly id: string;
  readonly path: string;
}

/**
 * QEMU's storage daemon, which shows what its block drivers can read as plain files (FUSE), for ordinary programs. An
 * exported file wants to be the only one on its nodes: another part of the same disk has nodes of its own.
 */
export class StorageDaemon implements AsyncDisposable {
  readonly #process: DaemonProcess;
  readonly #qmp: QmpClient;
  #count = 0;

  private constructor(
    process: DaemonProcess,
    qmp: QmpClient,
    private readonly folder: string,
    private readonly readOnly: boolean,
  ) {
    this.#process = process;
    this.#qmp = qmp;
  }

  /** @param folder where the exported files appear; it belongs to this daemon alone */
  static async start(folder: string, { readOnly }: { readonly readOnly: boolean }): Promise<StorageDaemon> {
    const process = execa('qemu-storage-daemon', ['--chardev', 'stdio,id=qmp', '--monitor', 'chardev=qmp'], {
      buffer: false,
      stdio: ['pipe', 'pipe', 'pipe'],
      // A terminal's Ctrl-C goes to the whole process group: the daemon goes on until the volumes are written.
      detached: true,
    });
    let said = '';
    process.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    process.catch(() => undefined);
    const stream = Duplex.from({ readable: process.stdout, writable: process.stdin });
    // Its end is seen at the QMP connection.
    stream.on('error', () => undefined);
    try {
      const qmp = await QmpClient.connect(stream, {
        deadline: DEADLINE,
        explain: async (sentence, cause) => new Error([sentence, said.trim()].join(' ').trim(), { cause }),
      });
      return new StorageDaemon(process, qmp, folder, readOnly);
    } catch (cause) {
      process.kill('SIGKILL');
      throw new Error(
        'Disk images cannot be opened: qemu-storage-daemon (Debian: qemu-system-common) did not start.',
        { cause },
      );
    }
  }

  /** Serves what the node reads as a file. Throws what QEMU says where it refuses. */
  async export(node: BlockNode): Promise<ExportedFile> {
    this.#count += 1;
    const id = `block${this.#count}`;
    const mountpoint = join(this.folder, id);
    await this.#qmp.execute('blockdev-add', { ...node, 'node-name': id, 'read-only': this.readOnly });
    try {
      // A FUSE export takes the place of a file that is there already.
      await writeFile(mountpoint, '');
      await this.#qmp.execute('block-export-add', {
        type: 'fuse',
        id,
        'node-name': id,
        mountpoint,
        writable: !this.readOnly,
      });
    } catch (error) {
      await this.#qmp.execute('blockdev-del', { 'node-name': id });
      throw error;
    }
    return { id, path: mountpoint };
  }

  /** Ends an export; what was written is in the image then. */
  async remove(id: string): Promise<void> {
    const gone = this.#qmp.once('BLOCK_EXPORT_DELETED', {
      deadline: DEADLINE,
      what: `the file of ${id} to be let go`,
      where: ({ data }) => data['id'] === id,
    });
    await this.#qmp.execute('block-export-del', { id, mode: 'hard' });
    await gone;
    await this.#qmp.execute('blockdev-del', { 'node-name': id });
  }

  /** Ends the daemon, which writes first what it has not written yet. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#qmp.open) return;
    await this.#qmp.execute('quit').catch(() => this.#process.kill('SIGTERM'));
    await this.#process.catch(() => undefined);
  }
}

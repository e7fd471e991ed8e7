import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { HIVE_LOG_SUFFIXES, isCleanHive, parseHive } from '../../../simulators/disk/regf';
import { textOf } from '../../../simulators/disk/regf/testing/content';
import { readNtfsFiles } from './ntfs-files';
import type { DiskWrite } from './recorded-writes';

type ReadFile = (path: string) => Promise<Uint8Array | undefined>;

/** An NTFS volume that writes of its disk are put into, in memory and in a file of its own, for other programs. */
export class CutVolume implements Disposable {
  readonly #bytes: Uint8Array;
  readonly #file: number;

  constructor(
    private readonly path: string,
    image: string,
    private readonly startBytes: number,
    sizeBytes: number,
  ) {
    this.#bytes = new Uint8Array(readFileSync(image).subarray(startBytes, startBytes + sizeBytes));
    writeFileSync(path, this.#bytes);
    this.#file = openSync(path, 'r+');
  }

  /** Those of the writes that go to this volume. */
  own(writes: readonly DiskWrite[]): DiskWrite[] {
    const end = this.startBytes + this.#bytes.length;
    return writes.filter(({ offset }) => offset >= this.startBytes && offset < end);
  }

  write({ offset, bytes }: DiskWrite): void {
    this.#bytes.set(bytes, offset - this.startBytes);
    writeSync(this.#file, bytes, 0, bytes.length, offset - this.startBytes);
  }

  /** The hive at a path (`\Boot\BCD`) as Windows would load it, with its logs, when these writes have come as well. */
  async hiveAfter(writes: readonly DiskWrite[], path: string): Promise<string> {
    const places = writes.map(({ offset, bytes }) => ({ start: offset - this.startBytes, bytes }));
    const before = places.map(({ start, bytes }) => this.#bytes.slice(start, start + bytes.length));
    for (const { start, bytes } of places) this.#bytes.set(bytes, start);
    const found = await hiveOf(await readNtfsFiles(this.#bytes), path);
    // The last first: two writes may overlap.
    for (const [index, { start }] of [...places.entries()].reverse()) this.#bytes.set(before[index]!, start);
    return found;
  }

  /**
   * The same, of the volume as it is and by ntfs-3g. A volume that ntfs-3g does not mount is mended first, as chkdsk does
   * it; then `mended` is true.
   */
  async hiveByNtfs3g(path: string): Promise<{ readonly hive: string; readonly mended: boolean }> {
    const mended = this.#cat(this.path, path) === undefined;
    const volume = mended ? `${this.path}.mended` : this.path;
    if (mended) {
      copyFileSync(this.path, volume);
      spawnSync('ntfsfix', ['-d', volume]);
    }
    return { hive: await hiveOf(async (file) => this.#cat(volume, file), path), mended };
  }

  #cat(volume: string, path: string): Uint8Array | undefined {
    const words = ['-f', volume, path.slice(1).replaceAll('\\', '/')];
    const { status, stdout } = spawnSync('ntfscat', words, { maxBuffer: 1 << 26 });
    return status === 0 ? new Uint8Array(stdout) : undefined;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
    rmSync(this.path);
    rmSync(`${this.path}.mended`, { force: true });
  }
}

/** The hive at a path as Windows would load it, with its logs, as a text. */
export async function hiveOf(read: ReadFile, path: string): Promise<string> {
  const bytes = await read(path);
  if (bytes === undefined) return 'no file';
  const logs: Uint8Array[] = [];
  if (!isCleanHive(bytes)) {
    for (const suffix of HIVE_LOG_SUFFIXES) {
      const log = await read(`${path}${suffix}`);
      if (log !== undefined) logs.push(log);
    }
  }
  return textOf(parseHive(bytes, { logs }).root);
}

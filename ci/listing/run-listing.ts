import { DiskFormatError } from '../../simulators/disk/bytes';
import type { SectorReader } from '../../simulators/disk/mbr';
import { ByteText } from './byte-text';
import { writeAccounts } from './list-accounts';
import { listGroups } from './list-groups';
import { listHive } from './list-hive';
import { listStore } from './list-store';
import { listTable } from './list-table';
import type { Machine } from './machine';
import { Refusal, requireRaw } from './refusal';
import { showVolume } from './show-volume';
import { utf8 } from './utf8';

/** The files of one listing. `current` is the one that was read last, which a refusal is about. */
class Files {
  current: string;

  constructor(
    readonly paths: readonly string[],
    private readonly machine: Machine,
  ) {
    this.current = paths[0]!;
  }

  whole(): Uint8Array {
    return this.machine.readFile(this.current);
  }

  disks(): SectorReader[] {
    return this.paths.map((path) => {
      this.current = path;
      const { sizeBytes, read } = this.machine.openDisk(path);
      const disk: SectorReader = {
        sizeBytes,
        read: (offset, length) => {
          this.current = path;
          return read(offset, length);
        },
      };
      requireRaw(disk);
      return disk;
    });
  }
}

const LISTINGS: Readonly<Record<string, (files: Files, out: ByteText) => void>> = {
  hive: (files, out) => listHive(files.whole(), out),
  store: (files, out) => listStore(files.whole(), out),
  accounts: (files, out) => writeAccounts(files.whole(), out),
  table: (files, out) => listTable(files.disks()[0]!, files.current, out),
  volume: (files, out) => showVolume(files.disks()[0]!, out),
  groups: (files, out) => listGroups(files.disks(), out),
};

/** The words that name a listing. */
export const LISTING_NAMES: readonly string[] = Object.keys(LISTINGS);

/**
 * Runs one listing, e.g. `hive FILE` or `groups IMAGE...`, whose words were checked. Returns the exit code: 0, or 1 with a
 * sentence on the standard error where a file cannot be read.
 */
export function runListing([name, ...paths]: readonly string[], machine: Machine): number {
  const out = new ByteText((buffer, length) => machine.write(buffer, length));
  const files = new Files(paths, machine);
  try {
    LISTINGS[name!]!(files, out);
    out.flush();
    return 0;
  } catch (error) {
    out.flush();
    machine.complain(utf8(`${files.current}: ${sentenceOf(error)}\n`));
    return 1;
  }
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EACCES: 'This user may not read it.',
  EISDIR: 'It is a folder, not a file.',
};

/** Throws the error again where it is a mistake of the program. */
function sentenceOf(error: unknown): string {
  if (error instanceof DiskFormatError)
    return `${error.message}\n  at byte ${error.offset} (0x${error.offset.toString(16)}): ${error.reason}`;
  if (error instanceof Refusal) return error.message;
  const code = error instanceof Error ? (error as Error & { code?: string }).code : undefined;
  if (code === undefined) throw error;
  return SYSTEM_ERRORS[code] ?? `It cannot be read: ${code}.`;
}

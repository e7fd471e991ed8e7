/** A line of `[operating systems]`. */
export interface BootIniEntry {
  /** Path to the system folder: `multi(0)disk(0)rdisk(0)partition(1)\WINDOWS`. */
  readonly path: string;
  readonly description: string;
  /** `/fastdetect` and the like. */
  readonly switches: string;
}

export interface BootIni {
  /** Seconds that the menu stays; 0 starts the default at once. */
  readonly timeout: number;
  readonly default: string;
  readonly entries: readonly BootIniEntry[];
  /** The file is absent or names no system: NTLDR says so, and tries the first partition. */
  readonly invalid: boolean;
}

/** Where NTLDR looks when boot.ini does not tell. It prints this place as `C:\windows\` (general knowledge). */
const FALLBACK = 'multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS';

/** Without a `timeout` the menu waits so long (general knowledge). */
const DEFAULT_TIMEOUT = 30;

/** Reads `\boot.ini` (sections and lines as Microsoft documents the file). Undefined text: there is no such file. */
export function parseBootIni(text: string | undefined): BootIni {
  let section = '';
  let timeout = DEFAULT_TIMEOUT;
  let chosen: string | undefined;
  const entries: BootIniEntry[] = [];
  for (const line of (text ?? '').split(/\r?\n/)) {
    const heading = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (heading !== undefined) {
      section = heading.trim().toLowerCase();
      continue;
    }
    const [, name = '', value = ''] = /^\s*([^=;]+?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === '') continue;
    if (section === 'boot loader') {
      if (name.toLowerCase() === 'timeout' && /^-?\d+$/.test(value)) timeout = Number(value);
      if (name.toLowerCase() === 'default') chosen = value;
    } else if (section === 'operating systems') {
      const [, quoted, bare, switches = ''] = /^(?:"([^"]*)"|([^/"]*))\s*(.*)$/.exec(value) ?? [];
      entries.push({ path: name, description: quoted ?? bare?.trim() ?? '', switches });
    }
  }
  if (entries.length === 0) {
    const fallback = { path: FALLBACK, description: 'Windows (default)', switches: '' };
    return { timeout: 0, default: FALLBACK, entries: [fallback], invalid: true };
  }
  return { timeout, default: chosen ?? entries[0]!.path, entries, invalid: false };
}

/** An ARC path of boot.ini. */
export interface ArcPath {
  readonly disk:
    | { readonly kind: 'number'; readonly number: number }
    | { readonly kind: 'signature'; readonly signature: number };
  /** As Windows counts: primary partitions first, from 1. */
  readonly partition: number;
  /** With a leading backslash. */
  readonly folder: string;
}

/**
 * Reads `multi(0)disk(0)rdisk(0)partition(1)\WINDOWS` or `signature(8b467c12)disk(1)rdisk(0)partition(2)\WINDOWS`; undefined
 * for other text (`scsi()`, which needs a driver of its own, among it).
 */
export function parseArcPath(text: string): ArcPath | undefined {
  const [, multi, rdisk, partition, folder] =
    /^(multi\(\d+\)|signature\([0-9a-f]{1,8}\))disk\(\d+\)rdisk\((\d+)\)partition\((\d+)\)(\\.*)?$/i.exec(
      text.trim(),
    ) ?? [];
  if (multi === undefined) return undefined;
  const signature = /^signature\(([0-9a-f]+)\)/i.exec(multi)?.[1];
  return {
    disk:
      signature === undefined
        ? { kind: 'number', number: Number(rdisk) }
        : { kind: 'signature', signature: Number.parseInt(signature, 16) },
    partition: Number(partition),
    folder: folder ?? '\\',
  };
}

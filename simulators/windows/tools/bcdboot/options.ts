import type { BootFirmware } from '../../../disk/bcd';

export interface BcdBootOptions {
  /** The Windows folder as typed. */
  readonly source: string;
  readonly locale: string | undefined;
  /** The system volume as typed. */
  readonly system: string | undefined;
  readonly firmware: readonly BootFirmware[] | undefined;
  readonly verbose: boolean;
  /** Identifier of the entry whose settings are kept. */
  readonly merge: string | undefined;
  readonly addLast: boolean;
  readonly keepPlace: boolean;
  readonly clean: boolean;
  readonly keepDefault: boolean;
}

const FIRMWARE: Readonly<Record<string, readonly BootFirmware[]>> = {
  bios: ['BIOS'],
  uefi: ['UEFI'],
  all: ['BIOS', 'UEFI'],
};

/** Reads the command line; undefined for one that is none. */
export function parseOptions(args: readonly string[]): BcdBootOptions | undefined {
  const [source, ...rest] = args;
  if (source === undefined || /^[/-]/.test(source)) return undefined;
  let merge: string | undefined;
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (let index = 0; index < rest.length; index++) {
    const word = (rest[index] ?? '').toLowerCase().replace(/^-/, '/');
    const next = rest[index + 1];
    if (word === '/m') {
      merge = next?.startsWith('{') ? next : '{default}';
      if (next?.startsWith('{')) index++;
    } else if (['/l', '/s', '/f'].includes(word)) {
      if (next === undefined) return undefined;
      values.set(word, next);
      index++;
    } else if (['/v', '/addlast', '/p', '/c', '/d'].includes(word)) flags.add(word);
    else return undefined;
  }
  const kind = values.get('/f')?.toLowerCase();
  const firmware = kind !== undefined && Object.hasOwn(FIRMWARE, kind) ? FIRMWARE[kind] : undefined;
  if (kind !== undefined && firmware === undefined) return undefined;
  return {
    source,
    locale: values.get('/l'),
    system: values.get('/s'),
    firmware,
    verbose: flags.has('/v'),
    merge,
    addLast: flags.has('/addlast'),
    keepPlace: flags.has('/p'),
    clean: flags.has('/c'),
    keepDefault: flags.has('/d'),
  };
}

import { decodeLatin1 } from '../../disk/bytes';
import type { BootEra } from './boot-era';
import { type BootFailure, bareFailure } from './boot-failure';

const TABLE = 0x1be;
const ENTRY_BYTES = 16;
const CODE_BYTES = 440;
/** Behind the jump and the parameter block of an NTFS boot sector. */
const VOLUME_CODE = { start: 0x54, end: 0x1fe } as const;

const marked = (sector: Uint8Array): boolean => sector[510] === 0x55 && sector[511] === 0xaa;
const empty = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** Which entry (from 0) of a first sector is active, as its boot code looks: by the flag bytes alone. */
export function activeEntry(sector: Uint8Array): number | 'none' | 'invalid' {
  const flags = [0, 1, 2, 3].map((index) => sector[TABLE + index * ENTRY_BYTES]);
  const active = flags.flatMap((flag, index) => (flag === 0x80 ? [index] : []));
  if (active.length > 1 || flags.some((flag) => flag !== 0 && flag !== 0x80)) return 'invalid';
  return active[0] ?? 'none';
}

/**
 * How far firmware and boot sectors come by what the sectors hold: the messages of disk-boot-code.S. Undefined where the
 * volume's boot code runs. Code that is there is taken for right; the screen of an empty one stays as the firmware left it.
 * @param volumeSector first sector of the active partition; undefined where it is not known
 */
export function bootSectorsFailure(
  era: BootEra,
  diskSector: Uint8Array,
  volumeSector: Uint8Array | undefined,
): BootFailure | undefined {
  // SeaBIOS' words.
  if (!marked(diskSector)) return bareFailure(era, ['No bootable device.']);
  if (empty(diskSector.subarray(0, CODE_BYTES))) return standstill(era, 'The disk has no boot code');
  const active = activeEntry(diskSector);
  if (active === 'invalid') return bareFailure(era, ['Invalid partition table']);
  if (active === 'none') return bareFailure(era, ['Missing operating system']);
  if (volumeSector === undefined) return undefined;
  if (!marked(volumeSector)) return bareFailure(era, ['Missing operating system']);
  const code = volumeSector.subarray(VOLUME_CODE.start, VOLUME_CODE.end);
  return empty(code) ? standstill(era, 'The active partition has no boot code') : undefined;
}

function standstill(era: BootEra, what: string): BootFailure {
  return { kind: 'failure', status: undefined, info: `${what}: the machine stands still.`, screen: [], era };
}

/**
 * Which loader an NTFS volume's boot code starts, by the name that it carries (in Latin-1 or UTF-16). Code that names none
 * passes for that of Windows Vista and later.
 * @param boot the volume's first sectors, as many as there are
 */
export function volumeLoader(boot: Uint8Array): 'BOOTMGR' | 'NTLDR' {
  const text = decodeLatin1(boot).replaceAll('\0', '');
  return text.includes('NTLDR') && !text.includes('BOOTMGR') ? 'NTLDR' : 'BOOTMGR';
}

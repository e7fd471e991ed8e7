import * as std from 'quickjs-std';
import { BOOT_ERAS, type BootEra } from '../boot-manager';
import { readFile } from './files';

/** What GRUB handed on by the kernel's command line, and what the boot manager's own archive says. */
export interface BootOrigin {
  /** `standin.boot=`: the serial number of its volume, 16 hexadecimal digits for NTFS and `ABCD-1234` for FAT. */
  readonly volumeSerial: string;
  readonly firmware: 'BIOS' | 'UEFI';
  readonly era: BootEra;
}

export function readBootOrigin(): BootOrigin {
  // Not std.loadFile: it trusts the file's size, which is 0 in /proc.
  const words = (std.open('/proc/cmdline', 'r')?.readAsString() ?? '').trim().split(/\s+/);
  const value = (name: string): string =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  const written = String.fromCharCode(...(readFile('/era') ?? []));
  return {
    volumeSerial: value('standin.boot').toUpperCase(),
    firmware: value('standin.firmware') === 'UEFI' ? 'UEFI' : 'BIOS',
    era: BOOT_ERAS.find((era) => era === written) ?? 'windows-6.2+',
  };
}

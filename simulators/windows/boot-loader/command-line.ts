import * as std from 'quickjs-std';
import type { BootEra } from '../boot-manager';

/** What GRUB's core handed on: `standin.boot=5A3C9E0112345678` (the NTFS serial number of its volume) and the era. */
export interface BootOrigin {
  readonly volumeSerial: string;
  readonly era: BootEra;
}

export function readBootOrigin(): BootOrigin {
  // Not std.loadFile: it trusts the file's size, which is 0 in /proc.
  const words = (std.open('/proc/cmdline', 'r')?.readAsString() ?? '').trim().split(/\s+/);
  const value = (name: string): string =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  return {
    volumeSerial: value('standin.boot').toUpperCase(),
    era: value('standin.era') === 'windows-6.2+' ? 'windows-6.2+' : 'windows-6.1',
  };
}

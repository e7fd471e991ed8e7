import * as std from 'quickjs-std';
import type { BootEra } from '../boot-manager';

/** What GRUB's core handed on: `standin.boot=42d9decd-01` (disk signature and partition number) and the era. */
export interface BootOrigin {
  readonly signature: number;
  readonly partitionNumber: number;
  readonly era: BootEra;
}

export function readBootOrigin(): BootOrigin {
  const words = (std.loadFile('/proc/cmdline') ?? '').trim().split(/\s+/);
  const value = (name: string): string | undefined =>
    words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const [signature = '', number = '1'] = (value('standin.boot') ?? '').split('-');
  return {
    signature: Number.parseInt(signature, 16),
    partitionNumber: Number.parseInt(number, 16),
    era: value('standin.era') === 'windows-6.2+' ? 'windows-6.2+' : 'windows-6.1',
  };
}

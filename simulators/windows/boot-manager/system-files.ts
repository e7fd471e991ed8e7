import type { BootEra } from './boot-era';
import { type BootFailure, bootManagerFailure } from './boot-failure';
import { ntldrFileFailure } from './ntldr-failure';
import { hiveStop } from './stop-screen';

/** Below `\Windows\system32\config`, in the order in which they are loaded. */
export const NEEDED_HIVES = ['SYSTEM', 'SOFTWARE', 'SAM'] as const;

/** Hives that the stand-in opens, its kernel (Debian's programs) and its HAL (ours); the names are our choice. */
export interface SystemFiles {
  /** Whether a file below the system root can be read: `system32\hal.dll`. */
  readonly exists: (path: string) => boolean;
  /** Whether it is a hive that can be opened, with its logs. */
  readonly opens: (path: string) => boolean;
}

const NO_SUCH_FILE = 0xc000000f;
const REGISTRY_CORRUPT = 0xc000014c;

/**
 * What winload (or NTLDR) and the kernel miss among the files of an installation, in the order in which they look: the
 * SYSTEM hive, kernel, HAL, then the other hives. NTLDR loads the kernel before it opens the hive. Undefined where all
 * is there.
 */
export function missingSystemFile(
  era: BootEra,
  systemRoot: string,
  { exists, opens }: SystemFiles,
): BootFailure | undefined {
  const hivePath = (hive: string): string => `system32\\config\\${hive}`;
  if (era === 'windows-5.2') {
    for (const file of ['ntoskrnl.exe', 'hal.dll']) {
      if (!exists(`system32\\${file}`)) return ntldrFileFailure(`<Windows root>\\system32\\${file}.`);
    }
    if (!opens(hivePath('SYSTEM'))) return ntldrFileFailure('\\WINDOWS\\SYSTEM32\\CONFIG\\SYSTEM');
  } else {
    const failure = (condition: Parameters<typeof bootManagerFailure>[1], status: number, file: string) =>
      bootManagerFailure(era, condition, status, `${systemRoot}\\${file}`);
    if (!opens(hivePath('SYSTEM'))) {
      const status = exists(hivePath('SYSTEM')) ? REGISTRY_CORRUPT : NO_SUCH_FILE;
      return failure('registry-missing', status, 'system32\\config\\system');
    }
    if (!exists('system32\\ntoskrnl.exe')) {
      return failure('kernel-missing', NO_SUCH_FILE, 'system32\\ntoskrnl.exe');
    }
    if (!exists('system32\\hal.dll')) return failure('hal-missing', NO_SUCH_FILE, 'system32\\hal.dll');
  }
  const hive = NEEDED_HIVES.find((name) => !opens(hivePath(name)));
  return hive === undefined ? undefined : hiveStop(era, hive);
}

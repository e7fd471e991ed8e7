import type { BootEra } from './boot-era';
import type { BootFailure } from './boot-failure';

/** STATUS_CANNOT_LOAD_REGISTRY_FILE. */
const CANNOT_LOAD_REGISTRY_FILE = 0xc0000218;

/**
 * What the kernel shows where a hive besides SYSTEM cannot be loaded. The text is Windows' message for c0000218; the
 * words around it since Windows 8 are general knowledge, as is that the screen is blue.
 */
export function hiveStop(era: BootEra, hive: string): BootFailure {
  const file = `\\SystemRoot\\System32\\Config\\${hive}`;
  const info = 'The registry cannot load the hive (file):';
  const words = [info, file, 'or its log or alternate.', 'It is corrupt, absent, or not writable.'];
  const screen =
    era === 'windows-6.2+'
      ? [
          ':(',
          '',
          'Your PC ran into a problem and needs to restart.',
          '',
          ...words,
          '',
          'Stop code: 0xc0000218',
        ]
      : ['STOP: c0000218 {Registry File Failure}', ...words];
  return { kind: 'failure', status: CANNOT_LOAD_REGISTRY_FILE, file, info, screen, era, stop: true };
}

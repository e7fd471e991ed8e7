import type { BootEra, BootManagerEra } from './boot-era';
import { failureLines } from './failure-lines';

/** A boot that ends before Windows runs. */
export interface BootFailure {
  readonly kind: 'failure';
  /** NTSTATUS, e.g. 0xc000000e; undefined for messages of the boot sectors and of NTLDR, which know none. */
  readonly status: number | undefined;
  /** The file that the screen names, as a path with backslashes. */
  readonly file?: string;
  /** What went wrong, in the words of the screen. */
  readonly info: string;
  /** Lines of the screen below its title, without padding. */
  readonly screen: readonly string[];
  readonly era: BootEra;
  /** The kernel's screen, which is blue in every version. */
  readonly stop?: true;
}

export type BootCondition =
  | 'store-missing'
  | 'store-corrupt'
  | 'no-entry'
  | 'device-inaccessible'
  | 'loader-missing'
  | 'registry-missing'
  | 'kernel-missing'
  | 'hal-missing';

/**
 * Texts of the two generations. Of 6.1 only `device-inaccessible` was seen on a screen of Windows, `store-missing`
 * and `loader-missing` are documented; of 6.2+ `device-inaccessible` is documented. The others are general knowledge or
 * our choice of words (formats.md section 2; docs/behaviours.md says which).
 */
const INFO: Readonly<Record<BootCondition, Readonly<Record<BootManagerEra, string>>>> = {
  'store-missing': {
    'windows-6.1': 'An error occurred while attempting to read the boot configuration data.',
    'windows-6.2+': 'The Boot Configuration Data for your PC is missing or contains errors',
  },
  'store-corrupt': {
    'windows-6.1': 'The boot configuration data file is invalid.',
    'windows-6.2+': 'The Boot Configuration Data for your PC is missing or contains errors',
  },
  'no-entry': {
    'windows-6.1': 'The Windows Boot Configuration Data file from the PC does not contain a valid OS entry.',
    'windows-6.2+':
      "The Boot Configuration Data file doesn't contain valid information for an operating system",
  },
  'device-inaccessible': {
    'windows-6.1': 'The boot selection failed because a required device is inaccessible.',
    'windows-6.2+': "A required device isn't connected or can't be accessed",
  },
  'loader-missing': {
    'windows-6.1': 'The selected entry could not be loaded because the application is missing or corrupt.',
    'windows-6.2+':
      "The application or operating system couldn't be loaded because a required file is missing or contains errors",
  },
  'registry-missing': {
    'windows-6.1': 'Windows failed to load because the system registry file is missing, or corrupt.',
    'windows-6.2+':
      "The operating system couldn't be loaded because the system registry file is missing or contains errors",
  },
  'kernel-missing': {
    'windows-6.1': 'Windows failed to load because the kernel is missing, or corrupt.',
    'windows-6.2+':
      "The operating system couldn't be loaded because the kernel is missing or contains errors",
  },
  'hal-missing': {
    'windows-6.1': 'Windows failed to load because the HAL is missing, or corrupt.',
    'windows-6.2+': "The operating system couldn't be loaded because the HAL is missing or contains errors",
  },
};

/** A failure that the boot manager or winload reports. */
export function bootManagerFailure(
  era: BootManagerEra,
  condition: BootCondition,
  status: number,
  file?: string,
): BootFailure {
  const info = INFO[condition][era];
  const screen = failureLines(era, { status, info, file });
  return { kind: 'failure', status, info, screen, era, ...(file === undefined ? {} : { file }) };
}

/** A message of the boot sectors or of NTLDR, bare on the screen. */
export function bareFailure(era: BootEra, lines: readonly string[], file?: string): BootFailure {
  const info = lines.find((line) => line !== '') ?? '';
  return {
    kind: 'failure',
    status: undefined,
    info,
    screen: lines,
    era,
    ...(file === undefined ? {} : { file }),
  };
}

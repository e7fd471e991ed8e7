import type { WindowsProfile } from '../simulators/windows/profiles';

interface Failure {
  readonly status: string;
  readonly file?: string;
  readonly info: string;
}

/**
 * What a boot manager's failure screen says, as 2008 R2 and before arrange it (seen), or Windows 8 and later
 * (documented; see docs/behaviours.md).
 */
export function failureText(
  era: WindowsProfile['era'],
  { status, file, info }: Failure,
): { readonly words: readonly string[]; readonly background: 'black' | 'blue' } {
  if (era === 'windows-6.2+') {
    const named = file === undefined ? '' : `File: ${file} `;
    return {
      words: ['Your PC needs to be repaired', info, `${named}Error code: ${status}`],
      background: 'blue',
    };
  }
  const named = file === undefined ? '' : `File: ${file} `;
  return {
    words: ['Windows Boot Manager', 'Windows failed to start', `${named}Status: ${status} Info: ${info}`],
    background: 'black',
  };
}

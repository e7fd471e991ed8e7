import type { VolumeCheck } from '../windows-host';
import type { Run } from './host-options';

/**
 * Looks at a volume with ntfsinfo, mounted or not: it reads NTFS' own records and compares the table with its mirror.
 * ntfsfix would look at a little more and refuses a volume that is mounted for writing.
 */
export async function checkNtfs(run: Run, device: string): Promise<VolumeCheck> {
  return { sound: await passes(run, 'ntfsinfo', ['-m', '-f', device]), repaired: false };
}

/**
 * Puts right what ntfsfix can (the table's mirror, the alternate boot sector, the journal) and clears the dirty flag. The
 * volume must not be mounted.
 */
export async function repairNtfs(run: Run, device: string): Promise<VolumeCheck> {
  const before = await passes(run, 'ntfsfix', ['-n', device]);
  const sound = await passes(run, 'ntfsfix', ['-d', device]);
  return { sound, repaired: sound && !before };
}

/** Both programs end with 1 for a volume that they could not process. */
async function passes(run: Run, program: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(program, args);
    return true;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    // A number is the program's exit code; anything else means that it did not run.
    if (cause instanceof Error && 'code' in cause && typeof cause.code === 'number') return false;
    throw error;
  }
}

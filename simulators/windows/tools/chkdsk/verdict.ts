import type { VolumeCheck } from '../../windows-host';
import { isOld } from './report';

/** Exit codes of chkdsk, as Microsoft documents them. */
export const ExitCode = { sound: 0, repaired: 1, notCleaned: 2, failed: 3 } as const;

/** What chkdsk says at the end of its stages, and its exit code. */
export function verdict(
  check: VolumeCheck,
  { repair, dirty, version }: { repair: boolean; dirty: boolean; version: string },
): { lines: readonly string[]; exitCode: number } {
  if (check.repaired) {
    // Seen on real Windows.
    const lines = ['Windows has made corrections to the file system.', ...(isOld(version) ? [] : [noAction])];
    return { lines, exitCode: ExitCode.repaired };
  }
  if (check.sound) {
    // Seen on real Windows, with the other verb before Windows 8 (general knowledge).
    const verb = isOld(version) ? 'checked' : 'scanned';
    const lines = [
      `Windows has ${verb} the file system and found no problems.`,
      ...(isOld(version) ? [] : [noAction]),
    ];
    return { lines, exitCode: dirty && !repair ? ExitCode.notCleaned : ExitCode.sound };
  }
  // General knowledge.
  const lines = repair
    ? ['Windows could not repair the file system.']
    : [
        'Windows found problems with the file system.',
        'Run CHKDSK with the /F (fix) option to correct these.',
      ];
  return { lines, exitCode: ExitCode.failed };
}

const noAction = 'No further action is required.';

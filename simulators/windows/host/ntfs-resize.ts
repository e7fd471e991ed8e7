import { WindowsHostError } from '../windows-host';
import type { Run } from './host-options';

/** The smallest size in bytes that ntfsresize would make the volume. It must not be mounted. */
export async function smallestNtfs(run: Run, device: string): Promise<number> {
  const text = await resizing(run('ntfsresize', ['--info', '--force', '--no-progress-bar', device]));
  const [, bytes] = /resize at (\d+) bytes/.exec(text) ?? [];
  if (bytes !== undefined) return Number(bytes);
  // A full volume: it names the size that it has.
  const [, size] = /Current volume size: (\d+) bytes/.exec(text) ?? [];
  return Number(size ?? 0);
}

/**
 * Makes the file system as large as this, or as large as its device. ntfsresize marks it for a check by Windows, which
 * nothing here needs: the mark goes.
 */
export async function resizeNtfs(run: Run, device: string, sizeBytes?: number): Promise<void> {
  const size = sizeBytes === undefined ? [] : ['--size', String(sizeBytes)];
  await resizing(run('ntfsresize', ['--force', '--no-progress-bar', ...size, device]));
  await run('ntfsfix', ['-d', device]);
}

/** A volume that is not sound is refused once more than `--force` lets pass. */
async function resizing(work: Promise<string>): Promise<string> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && /inconsistent|scheduled for (a )?check|dirty|chkdsk/i.test(error.message))
      throw new WindowsHostError('not-sound', 'The file system has faults. Run chkdsk first.', {
        cause: error,
      });
    throw error;
  }
}

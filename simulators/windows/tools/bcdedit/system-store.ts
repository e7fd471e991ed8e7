import type { ProgramContext } from '../../shell';
import { findVolume } from '../volumes';
import { failures } from './failure';

/**
 * `/sysstore partition`: on an EFI system whose system partition is ambiguous, names it until the next start. It changes
 * no disk; this system starts with one store at most, so that naming another place than that of an EFI store is all that
 * can go wrong (texts: our choice).
 */
export async function nameSystemStore(
  { host, files }: ProgramContext,
  words: readonly string[],
): Promise<void> {
  const [partition] = words;
  if (partition === undefined || words.length > 1) throw failures.commandLine('sysstore');
  const volume = await findVolume(host, partition.replace(/^partition=/i, ''));
  if (!volume) throw failures.device();
  const store = await files.stat(`${volume.devicePath}\\EFI\\Microsoft\\Boot\\BCD`).catch(() => undefined);
  if (!store) throw failures.notOnBios();
}

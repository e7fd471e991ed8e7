import { sameBytes } from '../../disk/bytes';
import type { Hive } from '../../disk/regf';
import { encodeMountedLocation } from '../../disk/sam';
import type { VolumeView } from '../windows-host';

const DRIVE = /^\\DosDevices\\([A-Z]):$/i;
const LETTERS = 'CDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * The letters that an installed Windows gives to these volumes, by volume number: those of its MountedDevices. Its own
 * volume is C: where they say nothing of it; other volumes that they do not know get the next free letters. Those that
 * they know without a letter have none, and so has the system partition. Without a Windows all get letters from C on, as
 * in Windows PE. EFI system partitions and others that Windows leaves without a letter have none, on whatever disk.
 */
export function lettersOfWindows(
  volumes: readonly VolumeView[],
  windows?: { readonly volume: VolumeView; readonly system: Hive | undefined },
): Map<number, string> {
  const mounted = windows?.system?.key('MountedDevices')?.values() ?? [];
  const letters = new Map<number, string>();
  const unnamed: VolumeView[] = [];
  for (const volume of volumes) {
    const known = mounted.filter(({ data }) => sameBytes(data, encodeMountedLocation(volume.location)));
    const letter = known.map(({ name }) => DRIVE.exec(name)?.[1]).find((one) => one !== undefined);
    if (letter !== undefined) letters.set(volume.number, letter.toUpperCase());
    else if (isOf(volume, windows)) unnamed.unshift(volume);
    else if (known.length === 0 && !volume.withoutLetter && !isSystemReserved(volume, windows))
      unnamed.push(volume);
  }
  for (const volume of unnamed) {
    const letter = [...LETTERS].find((one) => ![...letters.values()].includes(one));
    if (letter !== undefined) letters.set(volume.number, letter);
  }
  return letters;
}

function isOf(volume: VolumeView, windows: { readonly volume: VolumeView } | undefined): boolean {
  return volume.number === windows?.volume.number;
}

/** System Reserved has a letter only in Windows PE. */
function isSystemReserved({ info }: VolumeView, windows: object | undefined): boolean {
  return info === 'System' && windows !== undefined;
}

import type { VolumeView, WindowsHost } from '../../windows-host';
import { volumeName } from './volume-name';

/** The volume of `X:`, `X:\`, `\\?\Volume{...}\` or `\Device\HarddiskVolumeN`; undefined where there is none. */
export async function findVolume(
  host: Pick<WindowsHost, 'volumes' | 'version'>,
  text: string,
): Promise<VolumeView | undefined> {
  const wanted = text.replace(/\\$/, '').toLowerCase();
  return (await host.volumes()).find((volume) =>
    [
      volume.letter === undefined ? undefined : `${volume.letter}:`,
      volume.devicePath,
      volumeName(volume, host.version),
    ].some((name) => name?.toLowerCase() === wanted),
  );
}

/** `X:\`, or `\\?\GLOBALROOT\Device\HarddiskVolumeN\` for a volume without a letter: what paths on it start with. */
export function volumeRoot({ letter, devicePath }: VolumeView): string {
  return letter === undefined ? `\\\\?\\GLOBALROOT${devicePath}\\` : `${letter}:\\`;
}

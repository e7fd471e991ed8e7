import { readNtfs } from '../../disk/ntfs';
import { onVolume } from '../codec-on-host';
import type { VolumeView, WindowsHost } from '../windows-host';
import type { VolumeReport } from './inspection';

/** `C:`, or `\Device\HarddiskVolume1` for a volume without a letter. */
export function volumeName({ letter, devicePath }: VolumeView): string {
  return letter === undefined ? devicePath : `${letter}:`;
}

export async function inspectVolume(host: WindowsHost, volume: VolumeView): Promise<VolumeReport> {
  const { number, letter, label, fileSystem, type, status, sizeBytes, diskNumbers } = volume;
  let dirty: boolean | undefined;
  let damage: string | undefined;
  if (fileSystem === 'NTFS') {
    try {
      dirty = await onVolume(host, volume, (reader) => readNtfs(reader).dirty);
    } catch (error) {
      damage = (error as Error).message;
    }
  }
  return {
    number,
    name: volumeName(volume),
    letter,
    label,
    fileSystem,
    type,
    status,
    sizeBytes,
    disks: diskNumbers,
    dirty,
    damage: damage ?? (fileSystem === 'RAW' ? 'No file system that Windows knows was found.' : undefined),
  };
}
